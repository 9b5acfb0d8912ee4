import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isRegistryRow } from '../authz/identity/registry-row.ts';
import { cachePath, stagesOf } from '../authz/identity/stages.ts';
import { type RegistryTable, resume, suspend } from '../authz/identity/suspension.ts';
import { signedCalls } from '../authz/signed-call.ts';
import type { StageRow } from '../authz/tables/registry.ts';
import { namePrefix } from '../infra/name-prefix.ts';
import { clientSettings, tableName } from '../local/settings.ts';
import { Expected } from './fail.ts';
import { pulumiProject } from './pulumi-project.ts';
import { readRunning } from './running.ts';

/** Which cloud is meant: a stack on AWS, or an embedded one, by default the one that runs here. */
export interface Where {
  readonly stack?: string;
  readonly endpoint?: string;
}

export interface Suspended {
  readonly tenant: string;
  readonly state: 'suspended' | 'active';
  /** Of a suspension. */
  readonly since?: string;
  readonly by?: string;
  /** Whether anything was written: what is asked for may have been so already. */
  readonly changed: boolean;
  /** Stages that have forgotten what they had decided. */
  readonly flushed: number;
}

interface CloudTables extends RegistryTable {
  /** Of API Gateway. */
  readonly gatewayApi: (path: string) => Promise<Response>;
  close(): void;
}

/**
 * `cedarwright tenant suspend`: from now on the tenant gets no token, a new one for an old one included. Requests with
 * tokens that it has are refused as soon as no authorizer knows the registry's row of before, at which moment the
 * gateways forget what they had decided meanwhile.
 * @param note tells what takes its time
 * @throws Expected when there is no such tenant, or when it is suspended but a gateway may not have forgotten
 */
export async function suspendTenant(
  root: string,
  slug: string,
  { by = userInfo().username, ...where }: Where & { readonly by?: string },
  note: (text: string) => void,
): Promise<Suspended> {
  return atCloud(root, slug, where, async (cloud) => {
    const { suspension, isNew } = await suspend(cloud, slug, { since: new Date().toISOString(), by });
    note(`${slug} is suspended: no token is issued to it. Waiting until everything knows`);
    const flushed = await forget(cloud, `${slug} is suspended`);
    return {
      tenant: slug,
      state: 'suspended',
      since: suspension.since,
      by: suspension.by,
      changed: isNew,
      flushed,
    };
  });
}

/**
 * `cedarwright tenant resume`: ends a suspension. Gateways forget their refusals too.
 * @throws Expected as suspendTenant
 */
export async function resumeTenant(
  root: string,
  slug: string,
  where: Where,
  note: (text: string) => void,
): Promise<Suspended> {
  return atCloud(root, slug, where, async (cloud) => {
    const changed = await resume(cloud, slug);
    note(`${slug} is not suspended any more. Waiting until everything knows`);
    return { tenant: slug, state: 'active', changed, flushed: await forget(cloud, `${slug} is resumed`) };
  });
}

/** Makes all stages forget: now, and when no authorizer can answer any more from what it knew before. */
async function forget(cloud: CloudTables, done: string): Promise<number> {
  const stages = await stagesOf(cloud);
  const flushed = await flush(cloud, stages, done);
  const staleness = Math.max(0, ...stages.map(({ registryStalenessSeconds }) => registryStalenessSeconds));
  await delay(staleness * 1000);
  await flush(cloud, stages, done);
  return flushed;
}

/** @returns how many have anything to forget */
async function flush(cloud: CloudTables, stages: readonly StageRow[], done: string): Promise<number> {
  let flushed = 0;
  for (const stage of stages) {
    const path = cachePath(stage);
    if (path === undefined) continue;
    const { status } = await cloud.gatewayApi(path);
    if (status < 300) flushed += 1;
    // A stage that is gone remembers nothing.
    if (status < 300 || status === 404) continue;
    throw new Expected(
      `${done}, but API Gateway answered ${status} when ${stage.apiId}/${stage.stageName} was to forget its decisions: it may reuse them for ${stage.gatewayTtlSeconds + stage.registryStalenessSeconds} s — run this as a role that may apigateway:DELETE the caches of stages, or wait`,
    );
  }
  return flushed;
}

async function atCloud<T>(
  root: string,
  slug: string,
  where: Where,
  work: (cloud: CloudTables) => Promise<T>,
): Promise<T> {
  const cloud = await open(root, where);
  try {
    await refuseUnknown(cloud, slug);
    return await work(cloud);
  } catch (error) {
    throw explained(error, cloud.table);
  } finally {
    cloud.close();
  }
}

async function open(root: string, { stack, endpoint }: Where): Promise<CloudTables> {
  const local = stack === undefined ? (endpoint ?? (await readRunning(root))?.endpoint) : undefined;
  if (stack === undefined && local === undefined) {
    throw new Expected(
      'no embedded cloud is running here — name a stack on AWS: --stack prod (with credentials of its security role), or start one with: npm start',
    );
  }
  const settings = local === undefined ? {} : clientSettings(local);
  const client = new DynamoDBClient(settings);
  const call = signedCalls('apigateway', settings);
  const project = await pulumiProject(root);
  return {
    documents: DynamoDBDocumentClient.from(client),
    table: stack === undefined ? tableName('registry') : `${namePrefix({ project, stack })}-registry`,
    async gatewayApi(path) {
      const elsewhere = local ?? process.env['AWS_ENDPOINT_URL'];
      const base = elsewhere ?? `https://apigateway.${await client.config.region()}.amazonaws.com`;
      return call('DELETE', new URL(base + path));
    },
    close: () => client.destroy(),
  };
}

/** A suspension of a slug that is misspelt would suspend nobody, and look as if it had. */
async function refuseUnknown({ documents, table }: RegistryTable, slug: string): Promise<void> {
  const there = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: table })) {
    for (const row of Items) if (isRegistryRow(row)) there.add(row.slug);
  }
  if (!there.has(slug))
    throw new Expected(`no tenant '${slug}' is deployed — there are: ${[...there].toSorted().join(', ')}`);
}

/** What a person can do about it, in place of a stack. */
function explained(error: unknown, table: string): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'ResourceNotFoundException')
    return new Expected(`there is no table ${table} — is the stack's name right, and the region?`);
  if (name === 'AccessDeniedException')
    return new Expected(
      `only the security role may write ${table} — use its credentials, for example a profile that assumes it: AWS_PROFILE=security`,
    );
  if (name === 'CredentialsProviderError' || /Region is missing/.test(String(error)))
    return new Expected('no AWS credentials or region are set — set AWS_PROFILE and AWS_REGION');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNREFUSED' ? new Expected('nothing answers there — start it with: npm start') : error;
}
