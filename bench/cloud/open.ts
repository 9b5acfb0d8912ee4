import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { signIn } from '../../local/seed/sign-in.ts';
import { TYPESCRIPT } from '../../local/typescript/loader.ts';
import { copyProject, type Project } from '../../test/e2e/project.ts';
import { freshTokens } from './tokens.ts';
import type { CloudSettings, CloudUpdate, FromCloud } from './messages.ts';

export interface OpenCloud {
  readonly gatewayUrl: string;
  readonly endpointUrl: string;
  readonly backendUrl: string;
  readonly project: Project;
  readonly tenants: number;
  /** From the start of its process until it serves. */
  readonly milliseconds: number;
  /** Signs in. */
  token(tenant: string, user: string): Promise<string>;
  /** As many access tokens, no two alike. */
  tokens(tenant: string, user: string, count: number): Promise<readonly string[]>;
  /** The next change of tenant files that it has dealt with. */
  nextUpdate(): Promise<CloudUpdate>;
  close(): Promise<void>;
}

const PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url));

/** Nothing that is measured may depend on a decision that expires meanwhile: an hour, the most that a gateway takes. */
const CONFIG = { gatewayTtlSeconds: '3600', registryStalenessSeconds: '5' };

/**
 * Starts an embedded cloud on a project of its own, with this repository's tenants and as many more as it takes.
 * @throws Error when it does not start; why, it has said on standard error
 */
export async function openCloud(atLeast: number): Promise<OpenCloud> {
  const { project, tenants } = await projectOf(atLeast);
  const password = `${randomBytes(18).toString('base64url')}aA1`;
  const began = performance.now();
  const child = fork(PROCESS, [], {
    execArgv: [...TYPESCRIPT],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const settings: CloudSettings = { root: project.root, password, config: CONFIG };
  child.send(settings);
  const { gatewayUrl, endpointUrl, backendUrl } = await ready(child);
  const milliseconds = performance.now() - began;
  const cloud = { endpoint: endpointUrl, password };
  return {
    gatewayUrl,
    endpointUrl,
    backendUrl,
    project,
    tenants,
    milliseconds,
    token: async (tenant, user) => (await signIn(cloud, tenant, user)).AccessToken ?? '',
    tokens: async (tenant, user, count) => freshTokens(endpointUrl, await signIn(cloud, tenant, user), count),
    nextUpdate: () => message(child, 'updated'),
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await project.close();
    },
  };
}

async function ready(child: ChildProcess): Promise<OfKind<'ready'>> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('the embedded cloud ended before it served');
  });
  return Promise.race([message(child, 'ready'), ended]);
}

type OfKind<K> = Extract<FromCloud, { kind: K }>;

const message = <K extends FromCloud['kind']>(child: ChildProcess, kind: K): Promise<OfKind<K>> =>
  new Promise((resolve) => {
    const isIt = (received: FromCloud): received is OfKind<K> => received.kind === kind;
    const listen = (received: FromCloud): void => {
      if (!isIt(received)) return;
      child.off('message', listen);
      resolve(received);
    };
    child.on('message', listen);
  });

async function projectOf(atLeast: number): Promise<{ readonly project: Project; readonly tenants: number }> {
  const project = await copyProject();
  const own = (await readdir(path.join(project.root, 'tenants'))).filter((name) =>
    name.endsWith('.ts'),
  ).length;
  const source = await project.read('acme');
  for (let number = own + 1; number <= atLeast; number += 1) {
    const slug = `acme-${number}`;
    await project.write(slug, source.replace("slug: 'acme'", `slug: '${slug}'`));
  }
  return { project, tenants: Math.max(own, atLeast) };
}
