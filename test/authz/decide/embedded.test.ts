import { expect } from 'chai';
import { sha256Hex } from '../../../cedar/hash.ts';
import { type Answer, DeciderUnavailable, type Question } from '../../../authz/decide/decider.ts';
import { embedded } from '../../../authz/decide/embedded.ts';
import { createSnapshots } from '../../../authz/decide/snapshots.ts';
import {
  type SnapshotManifestItem,
  type SnapshotPolicy,
  syncStateKey,
} from '../../../authz/tables/sync-state.ts';
import { model } from '../fixture.ts';
import { startTables, type Tables } from '../tables.ts';

const policy = (id: string, statement: string, gatewayStatement = statement): SnapshotPolicy => ({
  id,
  statement,
  sha256: sha256Hex(statement),
  gatewayStatement,
});
const librarians = policy('librarians-write', 'permit(principal in Library::Group::"acme|LIBRARIAN", action in Library::Action::"change", resource);'); // prettier-ignore
const noWrites = policy('no-writes', 'forbid(principal, action in Library::Action::"change", resource);');

const reader = { type: 'Library::Reader', id: 'acme|alice' };
const group = { type: 'Library::Group', id: 'acme|LIBRARIAN' };
const book = { type: 'Library::Book', id: '42' };
const question = (groups = [group]): Question => ({
  slug: 'acme',
  policyStoreId: 'unused',
  principal: reader,
  action: { type: 'Library::Action', id: 'PUT /books/{id}' },
  resource: book,
  context: {},
  entities: [
    { uid: reader, attrs: { tenant: 'acme' }, parents: groups },
    ...groups.map((uid) => ({ uid, attrs: {}, parents: [] })),
    { uid: book, attrs: {}, parents: [] },
  ],
});

describe('the embedded decider', () => {
  let tables: Tables;
  let now: number;
  let version: number;

  beforeEach(async () => {
    tables = await startTables();
    now = 1_000_000;
    version = 0;
  });
  afterEach(() => tables.close());

  /** As the sync publishes: parts first, then the manifest. */
  async function publish(
    policies: readonly SnapshotPolicy[],
    {
      parts = [policies],
      manifest = {},
    }: { parts?: readonly (readonly SnapshotPolicy[])[]; manifest?: Partial<SnapshotManifestItem> } = {},
  ): Promise<void> {
    const name = `v${(version += 1)}`;
    await Promise.all(
      parts.map((part, n) => tables.put({ ...syncStateKey.part('acme', name, n), policies: part })),
    );
    await tables.put({
      ...syncStateKey.manifest('acme'),
      version: name,
      parts: parts.length,
      policies: Object.fromEntries(policies.map(({ id, sha256 }) => [id, sha256])),
      releaseSha256: '',
      publishedAt: '2026-01-01T00:00:00Z',
      ...manifest,
    } satisfies SnapshotManifestItem);
  }
  const decider = (phase: 'gateway' | 'backend' = 'backend') =>
    embedded({ model, phase, snapshots: createSnapshots(tables, () => now) });
  const rejection = (answer: Promise<Answer>): Promise<unknown> =>
    answer.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('answers by the published policies, and names those that decided', async () => {
    await publish([librarians]);
    const asked = decider();
    expect(await asked.decide(question())).to.deep.equal({
      decision: 'allow',
      determining: ['librarians-write'],
      errors: [],
    });
    expect((await asked.decide(question([]))).decision).to.equal('deny');
  });

  it('knows the groups of an action at any distance', async () => {
    await publish([librarians, noWrites], { parts: [[librarians], [noWrites]] });
    expect(await decider().decide(question())).to.deep.equal({
      decision: 'deny',
      determining: ['no-writes'],
      errors: [],
    });
  });

  it('denies when a policy errs, and names it', async () => {
    const erring = policy(
      'needs-role',
      'forbid(principal, action, resource) when { principal.role == "X" };',
    );
    await publish([librarians, erring]);
    expect(await decider().decide(question())).to.deep.include({ decision: 'deny', errors: ['needs-role'] });
  });

  it('decides at the gateway by what the gateway can know', async () => {
    const { gatewayStatement: _, ...backendOnly } = noWrites;
    const narrow = { ...librarians, statement: 'permit(principal, action, resource) when { false };' };
    await publish([{ ...narrow, sha256: sha256Hex(narrow.statement) }, backendOnly]);
    expect((await decider('gateway').decide(question())).decision).to.equal('allow');
    expect((await decider('backend').decide(question())).decision).to.equal('deny');
  });

  it('denies everything before the first release', async () => {
    expect((await decider().decide(question())).decision).to.equal('deny');
  });

  it('follows a new release within two seconds', async () => {
    const asked = decider();
    await publish([librarians]);
    expect((await asked.decide(question())).decision).to.equal('allow');
    await publish([librarians, noWrites]);
    now += 2_000;
    expect((await asked.decide(question())).decision).to.equal('deny');
  });

  const damages: Readonly<Record<string, () => Promise<void>>> = {
    'a part is missing': () =>
      publish([librarians, noWrites], { parts: [[librarians]], manifest: { parts: 2 } }),
    'a policy is missing': () => publish([librarians, noWrites], { parts: [[librarians]] }),
    'a policy is twice there instead of another': () =>
      publish([librarians, noWrites], { parts: [[librarians, librarians]] }),
    'there is one too many': () => publish([librarians], { parts: [[librarians, noWrites]] }),
    'a statement was changed': () =>
      publish([librarians], {
        parts: [[{ ...librarians, statement: 'permit(principal, action, resource);' }]],
      }),
    'a policy does not parse': () => publish([policy('broken', 'permit(principal, action, resource')]),
    'one text holds two policies': () =>
      publish([policy('two', `${librarians.statement}\n${noWrites.statement}`)]),
    'the manifest is malformed': () => publish([librarians], { manifest: { parts: -1 } }),
  };
  for (const [what, damage] of Object.entries(damages))
    it(`refuses the whole snapshot when ${what}`, async () => {
      await damage();
      expect(await rejection(decider().decide(question()))).to.be.instanceOf(DeciderUnavailable);
    });

  it('serves the previous snapshot while the table is down, no longer than 30 seconds', async () => {
    const asked = decider();
    await publish([librarians]);
    await asked.decide(question());
    await tables.stop();
    now += 29_999;
    expect((await asked.decide(question())).decision).to.equal('allow');
    now += 1;
    expect(await rejection(asked.decide(question()))).to.be.instanceOf(DeciderUnavailable);
  });

  it('answers again after a question that the engine refused', async () => {
    await publish([librarians]);
    const asked = decider();
    const unreadable = { ...question(), context: { at: { __extn: { fn: 'datetime', arg: 'never' } } } };
    expect(await rejection(asked.decide(unreadable))).to.be.instanceOf(DeciderUnavailable);
    expect((await asked.decide(question())).decision).to.equal('allow');
  });
});
