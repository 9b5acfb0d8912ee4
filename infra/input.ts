import * as pulumi from '@pulumi/pulumi';
import { formatProblem, type Problem } from '../dsl/check/problem.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { loadTenants } from '../dsl/tenants/load.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Model } from '../cedar/model.ts';
import { parseSettings, type Settings } from './config-keys.ts';
import { projectRoot } from './project-root.ts';
import { webSocketProblems } from './websocket-operation.ts';

const PROJECT = 'cedarwright';

export interface Input {
  readonly settings: Settings;
  readonly gatewaySecret: pulumi.Output<string>;
  readonly tenants: readonly Tenant[];
  readonly model: Model;
}

/**
 * Everything the program stands on, read and checked before the first resource is registered.
 * @throws pulumi.RunError with all problems of config and tenants in one message, shown without a stack.
 */
export const readInput = (): Promise<Input> => (input ??= read());

/** A process runs the program once: the embedded cloud looks at the same input before it does. */
let input: Promise<Input> | undefined;

async function read(): Promise<Input> {
  const config = ownConfig();
  const { settings, problems } = parseSettings(config);
  const root = projectRoot();
  const model = loadModel(root);
  const loaded = await loadTenants({ root, model, types: true });
  const all = [
    ...problems,
    ...(settings ? webSocketProblems(settings, model) : []),
    ...loaded.problems,
    ...missingDatabase(config, loaded.tenants),
  ];
  if (!settings || all.length > 0) throw new pulumi.RunError(all.map(formatProblem).join('\n'));
  const gatewaySecret = new pulumi.Config(PROJECT).requireSecret('gatewaySecret');
  return { settings, gatewaySecret, tenants: loaded.tenants, model };
}

function ownConfig(): Record<string, string> {
  const prefix = `${PROJECT}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** A tenant whose roles are in Postgres cannot get a single token without it: better said now than at sign-in. */
function missingDatabase(config: Readonly<Record<string, string>>, tenants: readonly Tenant[]): Problem[] {
  const needing = tenants.filter((tenant) => tenant.kind === 'customerApp');
  if (config['database'] !== undefined || needing.length === 0) return [];
  return [
    {
      code: 'CONFIG',
      message: `config key cedarwright:database is missing, and ${needing.map(({ file }) => file).join(', ')} reads roles from it`,
      remedy: `pulumi config set --path cedarwright:database.secretArn … (with subnetIds and securityGroupIds)`,
    },
  ];
}
