/** Deploys a project to a cloud in a process of its own, so that its memory is nobody else's, and tells how it went. */
import { createProgram } from '../../local/program/host.ts';
import type { ResourceHandlers } from '../../local/program/resource.ts';
import { createServices } from '../../local/services.ts';
import { timed } from '../samples.ts';
import type { DeployArgs, Deployed } from './messages.ts';
import { watchChildren } from './peak-memory.ts';

const NOWHERE = 'http://127.0.0.1:9';
const CONFIG = {
  backendUrl: NOWHERE,
  gatewaySecret: 'of-nobody',
  protect: 'false',
  usagePlans: '{"default":{"rate":100,"burst":200}}',
};
const FEED = 'aws:lambda/eventSourceMapping:EventSourceMapping';

process.once('message', (args: DeployArgs) => {
  measure(args).then(
    (deployed) => process.send?.(deployed, () => process.exit()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function measure({ root }: DeployArgs): Promise<Deployed> {
  const services = createServices({ gatewayUrl: NOWHERE, endpointUrl: NOWHERE, password: 'of nobody' });
  const handlers = withoutFeed(services.handlers);
  const program = createProgram({ root, stack: 'local', handlers, invokes: services.invokes });
  const children = watchChildren();
  let resources = 0;
  const deploy = (): Promise<number> =>
    timed(async () => {
      const { changes, problems } = await program.run(CONFIG);
      if (problems.length > 0) throw new Error(problems.slice(0, 5).join('\n'));
      resources = changes.created + changes.unchanged;
    });
  const first = await deploy();
  const again = await deploy();
  const cloud = process.resourceUsage().maxRSS / 1024;
  return { resources, first, again, program: children.stop(), cloud };
}

/** Nobody listens where the functions would call: their work, a tenant's policies each, is not this part's. */
const withoutFeed = (handlers: ResourceHandlers): ResourceHandlers => ({
  ...handlers,
  [FEED]: { ...handlers[FEED]!, create: async (inputs, name) => ({ id: name, state: inputs }) },
});
