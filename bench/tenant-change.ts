import { setTimeout as delay } from 'node:timers/promises';
import { send } from './client.ts';
import type { OpenCloud } from './cloud/open.ts';
import { idle } from './idle.ts';
import { type Effort, median } from './samples.ts';
import type { Row, Table } from './table.ts';

const CHANGES = { full: 3, quick: 1 };
const POLL_MS = 10;
const PATIENCE_MS = 30_000;
/** Policies of some tenant read this operation's context, so that no gateway remembers a decision about it. */
const UNCACHED = '/reports/rep-acme-volumes';
const POLICY = ".principalInGroup('AUDITOR').actionInGroup('read')";
const OTHER_POLICY = ".principalInGroup('PAYEE_MGMT').actionInGroup('read')";

/** Milliseconds from the file being written. */
interface Change {
  readonly noticed: number;
  readonly published: number;
  readonly enforced: number;
}

/** How long after a policy was edited the gateway answers by it. */
export const policyEdited = async (cloud: OpenCloud, effort: Effort): Promise<Row> =>
  row(`a policy is edited, ${cloud.tenants} tenants`, await changes(effort, await policyEdits(cloud)));

/** How long after a tenant's file was added the gateway answers its user. */
export const tenantAdded = async (cloud: OpenCloud, effort: Effort): Promise<Row> =>
  row(`a tenant is added to ${cloud.tenants}`, await changes(effort, tenantAdditions(cloud)));

export const tenantChange = (rows: readonly Row[]): Table => ({
  title: 'A change of a tenant file, milliseconds since it was written',
  columns: ['n', 'noticed', 'published', 'enforced', 'slowest'],
  rows,
  note:
    'Medians. Published: types checked, program run, resources made, policies in the store. Enforced: a client at ' +
    'the gateway gets the new answer; for an added tenant, after its user has signed in.',
});

function row(what: string, done: readonly Change[]): Row {
  const middle = (moment: keyof Change): string => median(done.map((one) => one[moment])).toFixed(0);
  const slowest = Math.max(...done.map(({ enforced }) => enforced)).toFixed(0);
  return [what, String(done.length), middle('noticed'), middle('published'), middle('enforced'), slowest];
}

type DoChange = (round: number) => Promise<Change>;

async function changes(effort: Effort, change: DoChange): Promise<readonly Change[]> {
  const done: Change[] = [];
  for (let round = 0; round < CHANGES[effort]; round += 1) {
    // As long as an editor's user takes at least: until the process for the program's next run has warmed up.
    if (effort === 'full') await idle();
    done.push(await change(round));
  }
  return done;
}

/** Takes a group's right away and gives it back, in turn. */
async function policyEdits(cloud: OpenCloud): Promise<DoChange> {
  const token = await cloud.token('acme', 'erin');
  const original = await cloud.project.read('acme');
  const edited = original.replace(POLICY, OTHER_POLICY);
  const answers = async (status: number): Promise<boolean> =>
    (await send({ method: 'GET', url: cloud.gatewayUrl + UNCACHED, token })).status === status;
  return (round) => {
    const [source, status] = round % 2 === 0 ? ([edited, 403] as const) : ([original, 200] as const);
    return follow(cloud, 'acme', source, () => answers(status));
  };
}

function tenantAdditions(cloud: OpenCloud): DoChange {
  return (round) => {
    const slug = `added-${round}`;
    return follow(cloud, slug, newTenant(slug), async () => {
      const token = await cloud.token(slug, 'peter').catch(() => undefined);
      if (token === undefined) return false;
      return (await send({ method: 'GET', url: `${cloud.gatewayUrl}/accounts`, token })).status === 200;
    });
  };
}

async function follow(
  cloud: OpenCloud,
  slug: string,
  source: string,
  isEnforced: () => Promise<boolean>,
): Promise<Change> {
  const update = cloud.nextUpdate();
  const written = Date.now();
  await cloud.project.write(slug, source);
  while (!(await isEnforced())) {
    if (Date.now() - written > PATIENCE_MS)
      throw new Error(`the change of tenant ${slug} was never enforced`);
    await delay(POLL_MS);
  }
  const enforced = Date.now() - written;
  const { noticedAt, milliseconds } = await update;
  const noticed = noticedAt - written;
  return { noticed, published: noticed + milliseconds, enforced };
}

const newTenant = (slug: string): string => `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({
  slug: '${slug}',
  policies: ({ permit, op }) => [permit().action(op.listAccounts).id('everyone-lists-accounts')],
  users: { peter: {} },
});
`;
