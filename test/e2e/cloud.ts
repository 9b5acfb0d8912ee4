import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCloud, type Cloud } from '../../local/cloud.ts';
import { signIn } from '../../local/seed/sign-in.ts';
import { watchTenants } from '../../local/watch.ts';
import type { Update } from '../../local/cloud.ts';
import { copyProject, type Project } from './project.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A running cloud on a project of its own, and the ways a client has to it. */
export interface TestCloud {
  readonly cloud: Cloud;
  readonly project: Project;
  /** Of all test users. */
  readonly password: string;
  /** What `npm start` would have printed after each change of a tenant file. */
  readonly updates: Update[];
  /** Deploys other values of config keys. */
  configure(changes: Readonly<Record<string, string>>): Promise<void>;
  /** Access token of `tenant/user`. */
  token(who: string): Promise<string>;
  idToken(who: string): Promise<string>;
  /** `PUT /path`, as `tenant/user`, with a raw token, or without one. */
  ask(request: string, as?: string | { readonly token: string }, body?: unknown): Promise<Answer>;
  /** Asks with the decider gone: then only a remembered decision can still be an allow. */
  withoutDecider<T>(ask: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const PASSWORD = 'Correct-horse-battery-9';

/** @param config keys of the stack that differ from the embedded cloud's own */
export async function startTestCloud(
  config: Readonly<Record<string, string>> = {},
  slugs?: readonly string[],
): Promise<TestCloud> {
  const project = await copyProject(slugs);
  const at = (file: string): string => path.join(project.repository, file);
  const cloud = await startCloud({
    root: project.root,
    port: 0,
    password: PASSWORD,
    backend: at('demo/main.ts'),
    migrations: at('demo/migrations'),
    config,
  });
  const updates: Update[] = [];
  const changed = async (): Promise<void> => {
    updates.push(await cloud.update());
  };
  const stopWatching = await watchTenants(project.root, changed, (error) => {
    throw error;
  });
  const tokens = new Map<string, ReturnType<typeof signIn>>();
  const signedIn = (who: string): ReturnType<typeof signIn> => {
    const [tenant = '', user] = who.split('/');
    const known =
      tokens.get(who) ?? signIn({ endpoint: cloud.endpointUrl, password: PASSWORD }, tenant, user);
    tokens.set(who, known);
    // Who is nobody yet may be somebody soon.
    known.catch(() => tokens.delete(who));
    return known;
  };
  const token = async (who: string): Promise<string> => (await signedIn(who)).AccessToken ?? '';
  return {
    cloud,
    project,
    password: PASSWORD,
    updates,
    async configure(changes) {
      // What every run of the program is given.
      Object.assign(cloud.config, changes);
      const { problems } = await cloud.update();
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
    token,
    idToken: async (who) => (await signedIn(who)).IdToken ?? '',
    async ask(request, as, body) {
      const [method = '', target = ''] = request.split(' ');
      const bearer = typeof as === 'string' ? await token(as) : as?.token;
      const response = await fetch(cloud.gatewayUrl + target, {
        method,
        headers: {
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    async withoutDecider(ask) {
      cloud.faults.set('VerifiedPermissions', { down: true });
      try {
        return await ask();
      } finally {
        cloud.faults.clear('VerifiedPermissions');
      }
    },
    async close() {
      await stopWatching();
      await cloud.close();
      await project.close();
    },
  };
}

/**
 * One cloud for all tests of a file, since a start costs more than most of them. It is started by the first who asks
 * for it and ends after the last of them.
 */
export function share(...args: Parameters<typeof startTestCloud>): () => Promise<TestCloud> {
  let shared: Promise<TestCloud> | undefined;
  after(async () => (await shared)?.close());
  return () => (shared ??= startTestCloud(...args));
}

/** Asks again until the condition holds. The test's own timeout is its limit. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  // A question through the gateway costs 10 ms of a processor that what is waited for needs too.
  while (!(await condition())) await delay(50);
}
