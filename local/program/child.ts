/**
 * Runs the Pulumi program without the engine, as often as it is asked to, and forwards its registrations to the
 * embedded cloud. Everything slow (the SDK, the components, the bundles) is loaded before the first run is asked for.
 */
import './start-bundling.ts';
import './lighter-sdk.ts';
import { readdir } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { buildBundles } from '../../infra/bundles.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';
import { forgetInput, type Input, readInput } from '../../infra/input.ts';
import { type Ended, type FromProgram, type ToProgram, usersOf } from './messages.ts';
import type { Properties } from './resource.ts';
import { unwrap } from './unwrap.ts';

const PROJECT = 'cedarwright';
const PROGRAM = new URL('../../infra/index.ts', import.meta.url).href;
const pending = new Map<number, (answer: ToProgram) => void>();
/** What went wrong where nobody waits for it: in `apply`, for one. */
const unheard: string[] = [];
let calls = 0;
let runs = 0;
/**
 * What a run made is kept for as long as its module is, which is for ever: 7 MB a run of six tenants, on top of 440.
 * A process of this size (bytes) is not used again.
 */
const LARGEST = 1e9;

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

async function run(stack: string, config: Readonly<Record<string, string>>): Promise<Ended> {
  await pulumi.runtime.setMocks(mocks, PROJECT, stack, false);
  const entries = Object.entries(config).map(([key, value]) => [`${PROJECT}:${key}`, value] as const);
  const secrets = ['gatewaySecret', 'identityProviderSecrets'].map((key) => `${PROJECT}:${key}`);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries), secrets);
  let input: Input;
  forgetInput();
  try {
    input = await readInput(async () => ({}));
  } catch (error) {
    return { kind: 'ended', message: messageOf(error), tenants: [], again: true };
  }
  runs += 1;
  try {
    // A module of a name runs once in a process: a second import of it would register nothing, silently.
    await pulumi.runtime.runInPulumiStack(() => import(`${PROGRAM}?run=${runs}`));
    await pulumi.runtime.disconnect();
    // Rejections are told after the turn in which they happened.
    await nextTurn();
  } catch (error) {
    return { kind: 'ended', message: messageOf(error), tenants: [], again: false };
  }
  const tenants = input.tenants.map(usersOf);
  return unheard.length > 0
    ? { kind: 'ended', message: unheard.join('\n'), tenants, again: false }
    : { kind: 'ended', tenants, again: process.memoryUsage.rss() < LARGEST };
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
// What of it has not changed by the time of the run is remembered then.
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
