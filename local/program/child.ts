/**
 * Runs the Pulumi program once, without the engine, and forwards its registrations to the embedded cloud.
 * A process is used for one run: a second `import()` of the program would register nothing, silently. Everything slow
 * (the SDK, the components, the bundles) is loaded before the run is asked for: 76 ms for three tenants, against 1.6 s.
 */
import './start-bundling.ts';
import { readdir } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { buildBundles } from '../../infra/bundles.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';
import { readInput } from '../../infra/input.ts';
import { type FromProgram, type ToProgram, usersOf } from './messages.ts';
import type { Properties } from './resource.ts';
import { unwrap } from './unwrap.ts';

const PROJECT = 'cedarwright';
const pending = new Map<number, (answer: ToProgram) => void>();
/** What went wrong where nobody waits for it: in `apply`, for one. */
const unheard: string[] = [];
let calls = 0;

const send = (message: FromProgram): void => void process.send?.(message);

/** Asks the cloud, and waits for its answer. */
async function ask(message: (call: number) => FromProgram): Promise<ToProgram> {
  const call = ++calls;
  const answer = new Promise<ToProgram>((resolve) => pending.set(call, resolve));
  send(message(call));
  return answer;
}

const mocks: pulumi.runtime.Mocks = {
  async newResource({ type, name, inputs, custom }) {
    // Components and provider configurations are nothing that a cloud would hold.
    if (!custom || type.startsWith('pulumi:')) return { id: name, state: {} };
    const plain = await unwrap(inputs);
    const answer = await ask((call) => ({ kind: 'register', call, type, name, inputs: plain }));
    if (answer.kind !== 'registered') throw refusal(answer);
    return { id: answer.id, state: answer.state };
  },
  async call({ token, inputs }) {
    const args: Properties = inputs;
    const answer = await ask((call) => ({ kind: 'invoke', call, token, args }));
    if (answer.kind !== 'invoked') throw refusal(answer);
    return answer.result;
  },
};

const refusal = (answer: ToProgram): Error =>
  new Error(answer.kind === 'failed' ? answer.message : 'unexpected answer');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function run(stack: string, config: Readonly<Record<string, string>>): Promise<FromProgram> {
  await pulumi.runtime.setMocks(mocks, PROJECT, stack, false);
  const entries = Object.entries(config).map(([key, value]) => [`${PROJECT}:${key}`, value] as const);
  const secrets = ['gatewaySecret', 'identityProviderSecrets'].map((key) => `${PROJECT}:${key}`);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries), secrets);
  try {
    const { tenants } = await readInput(async () => ({}));
    await pulumi.runtime.runInPulumiStack(() => import('../../infra/index.ts'));
    await pulumi.runtime.disconnect();
    // Rejections are told after the turn in which they happened.
    await nextTurn();
    return {
      kind: 'ended',
      tenants: tenants.map(usersOf),
      ...(unheard.length > 0 && { message: unheard.join('\n') }),
    };
  } catch (error) {
    return { kind: 'ended', message: messageOf(error), tenants: [] };
  }
}

// A failed registration surfaces here once per dependent (19 times were seen), and the cloud knows of it already. What
// it does not know of must still fail the run: a resource that was never registered would be taken for one to delete.
process.on('unhandledRejection', (reason) => {
  const message = messageOf(reason);
  if (!unheard.includes(message)) unheard.push(message);
});
process.on('message', (message: ToProgram) => {
  if (message.kind !== 'run') {
    pending.get(message.call)?.(message);
    pending.delete(message.call);
    return;
  }
  void run(message.stack, message.config).then(send);
});

await Promise.all([buildBundles(process.cwd()), warmUp()]);
// What of it has not changed by the time of the run is remembered then: all of it at the start, most at an edit.
await loadTenants({ root: process.cwd(), model: loadModel(), types: false }).catch(() => undefined);
// Source-mapped stacks cost 4.4 ms a resource, against 0.9; set after the imports, which need their stacks.
Error.stackTraceLimit = 0;
send({ kind: 'warm' });

/** Everything `infra/index.ts` imports, except itself: importing that runs the program. */
async function warmUp(): Promise<void> {
  const folder = new URL('../../infra/', import.meta.url);
  const modules = (await readdir(folder)).filter((name) => /(?<!\.d)\.ts$/.test(name) && name !== 'index.ts');
  await Promise.all(modules.map((name) => import(new URL(name, folder).href)));
}
