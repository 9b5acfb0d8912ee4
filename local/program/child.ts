/**
 * Runs the Pulumi program once, without the engine, and forwards its registrations to the embedded cloud.
 * A process is used for one run: a second `import()` of the program would register nothing, silently. Everything slow
 * (the SDK, the components, the bundles) is loaded before the run is asked for: 76 ms for three tenants, against 1.6 s.
 */
import * as pulumi from '@pulumi/pulumi';
import { buildBundles } from '../../infra/bundles.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';
import { readInput } from '../../infra/input.ts';
import type { FromProgram, ToProgram } from './messages.ts';
import type { Properties } from './resource.ts';
import { unwrap } from './unwrap.ts';

const PROJECT = 'cedarwright';
const pending = new Map<number, { resolve(answer: ToProgram): void }>();
let calls = 0;

const send = (message: FromProgram): void => void process.send?.(message);

/** Asks the cloud, and waits for its answer. */
async function ask(message: (call: number) => FromProgram): Promise<ToProgram> {
  const call = ++calls;
  const answer = new Promise<ToProgram>((resolve) => pending.set(call, { resolve }));
  send(message(call));
  return answer;
}

const mocks: pulumi.runtime.Mocks = {
  async newResource({ type, name, inputs, custom }) {
    // Components and provider configurations are nothing that a cloud would hold.
    if (!custom || type.startsWith('pulumi:')) return { id: name, state: {} };
    const plain = await unwrap(inputs);
    const answer = await ask((call) => ({ kind: 'register', call, type, name, inputs: plain }));
    if (answer.kind !== 'registered')
      throw new Error(answer.kind === 'failed' ? answer.message : 'unexpected answer');
    return { id: answer.id, state: answer.state };
  },
  async call({ token, inputs }) {
    const answer = await ask((call) => ({ kind: 'invoke', call, token, args: inputs as Properties }));
    if (answer.kind !== 'invoked')
      throw new Error(answer.kind === 'failed' ? answer.message : 'unexpected answer');
    return answer.result;
  },
};

async function run(stack: string, config: Readonly<Record<string, string>>): Promise<FromProgram> {
  await pulumi.runtime.setMocks(mocks, PROJECT, stack, false);
  const entries = Object.entries(config).map(([key, value]) => [`${PROJECT}:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries) as Record<string, string>, [
    `${PROJECT}:gatewaySecret`,
  ]);
  try {
    const { tenants } = await readInput();
    await pulumi.runtime.runInPulumiStack(() => import('../../infra/index.ts'));
    await pulumi.runtime.disconnect();
    return { kind: 'ended', tenants: tenants.map(({ slug, kind, users }) => ({ slug, kind, users })) };
  } catch (error) {
    return { kind: 'ended', message: error instanceof Error ? error.message : String(error), tenants: [] };
  }
}

// A failed registration surfaces here once per dependent (19 times were seen); the cloud has recorded it already.
process.on('unhandledRejection', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (message: ToProgram) => {
  if (message.kind !== 'run') {
    pending.get(message.call)?.resolve(message);
    pending.delete(message.call);
    return;
  }
  void run(message.stack, message.config).then(send);
});

await Promise.all([buildBundles(), warmUp()]);
// Tenants are loaded once for nothing: the engine, the compiler and the bundler then answer in half the time.
await loadTenants({ root: process.cwd(), model: loadModel(), types: true }).catch(() => undefined);
// Source-mapped stacks cost 4.4 ms a resource, against 0.9; set after the imports, which need their stacks.
Error.stackTraceLimit = 0;
send({ kind: 'warm' });

/** Everything `infra/index.ts` imports, except itself. */
async function warmUp(): Promise<void> {
  await Promise.all([
    import('../../infra/pool-tenant.ts'),
    import('../../infra/policy-governance.ts'),
    import('../../infra/rest-gateway.ts'),
    import('../../infra/authorizer.ts'),
    import('../../infra/token-hook.ts'),
  ]);
}
