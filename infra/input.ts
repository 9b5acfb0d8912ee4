import path from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { formatProblem, type Problem } from '../dsl/check/problem.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { readTenantsFolder } from '../dsl/tenants/files.ts';
import { loadTenants } from '../dsl/tenants/load.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Model } from '../cedar/model.ts';
import { type FederationOf, federationProblems, federations } from './federation-config.ts';
import { parseSettings, type Settings } from './config-keys.ts';
import { corsProblems } from './cors.ts';
import { livesBefore } from './deployed.ts';
import { type Lives, type LifePlan, planLives } from './lives.ts';
import { projectRoot } from './project-root.ts';
import { scopeProblems } from './machine-pool.ts';
import { nameProblems } from './name-prefix.ts';
import { tierProblems } from './tiers.ts';
import { webSocketProblems } from './websocket-operation.ts';

const PROJECT = 'cedarwright';
const TENANTS = 'tenants';

export interface Input {
  readonly settings: Settings;
  readonly gatewaySecret: pulumi.Output<string>;
  readonly federationOf: FederationOf;
  readonly tenants: readonly Tenant[];
  readonly before: Lives;
  readonly plan: LifePlan;
  readonly model: Model;
}

/**
 * Everything the program stands on, read and checked before the first resource is registered.
 * @param livesOf tells of earlier deployments; the embedded cloud, where nothing is precious, remembers none
 * @throws pulumi.RunError with all problems of config and tenants in one message, shown without a stack.
 */
export const readInput = (livesOf: () => Promise<Lives> = livesBefore): Promise<Input> =>
  (input ??= read(livesOf));

/** The engine runs the program once in a process. The embedded cloud looks at the same input before it does. */
let input: Promise<Input> | undefined;

/** For the embedded cloud, which runs the program again in the same process when its input has changed. */
export const forgetInput = (): void => {
  input = undefined;
};

async function read(livesOf: () => Promise<Lives>): Promise<Input> {
  const config = ownConfig();
  const { settings, problems } = parseSettings(config);
  const root = projectRoot();
  const model = loadModel(root);
  const [before, files, loaded] = await Promise.all([
    livesOf(),
    readTenantsFolder(root, TENANTS),
    loadTenants({ root, folder: TENANTS, model, types: true }),
  ]);
  const slugs = files.flatMap(({ file, role }) => (role === 'tenant' ? [path.basename(file, '.ts')] : []));
  const plan = planLives(before, { tenants: loaded.tenants, slugs, retired: loaded.retired });
  const all = [
    ...nameProblems({ project: pulumi.getProject(), stack: pulumi.getStack() }),
    ...problems,
    ...(settings ? [...webSocketProblems(settings, model), ...corsProblems(settings)] : []),
    ...loaded.problems,
    ...missingDatabase(config, [...loaded.tenants, ...plan.retiring]),
    ...(settings ? federationProblems(settings, loaded.tenants) : []),
    ...(settings ? tierProblems(settings, loaded.tenants) : []),
    ...scopeProblems(model, loaded.tenants),
    ...plan.problems,
  ];
  if (!settings || all.length > 0) throw new pulumi.RunError(all.map(formatProblem).join('\n'));
  const gatewaySecret = new pulumi.Config(PROJECT).requireSecret('gatewaySecret');
  return {
    settings,
    gatewaySecret,
    federationOf: federations(settings),
    tenants: loaded.tenants,
    before,
    plan,
    model,
  };
}

function ownConfig(): Record<string, string> {
  const prefix = `${PROJECT}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** A tenant whose roles are in Postgres cannot get a single token without it: better said now than at sign-in. */
function missingDatabase(
  config: Readonly<Record<string, string>>,
  tenants: readonly Pick<Tenant, 'slug' | 'kind' | 'identity'>[],
): Problem[] {
  const needing = tenants.filter(
    ({ kind, identity }) => kind === 'customerApp' && identity?.kind !== 'issuer',
  );
  if (config['database'] !== undefined || needing.length === 0) return [];
  return [
    {
      code: 'CONFIG',
      message: `config key cedarwright:database is missing, and ${needing.map(({ slug }) => `${TENANTS}/${slug}.ts`).join(', ')} reads roles from it`,
      remedy: `pulumi config set --path cedarwright:database.secretArn … (with subnetIds and securityGroupIds); in the embedded cloud: name a folder of SQL files as "migrations" in package.json`,
    },
  ];
}
