import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Model } from '../../../../cedar/model.ts';
import { explainRecord } from '../../../../dsl/analyze/explain/recorded.ts';
import { explanationText } from '../../../../dsl/analyze/explain/text.ts';
import { linesOf } from '../../../../dsl/analyze/replay/lines.ts';
import { readRecord } from '../../../../dsl/analyze/replay/record.ts';
import { replay, type Replayed } from '../../../../dsl/analyze/replay/replay.ts';
import { loadTenants } from '../../../../dsl/tenants/load.ts';
import type { Tenant } from '../../../../dsl/tenants/tenant.ts';
import { model as plain } from '../../testing/model.ts';
import { makeProject, type Project } from '../../testing/project.ts';

/** The store's model, with an attribute of each kind that records keep. */
const model: Model = {
  ...plain,
  entityTypes: {
    ...plain.entityTypes,
    Order: {
      ...plain.entityTypes['Order']!,
      attributes: {
        ...plain.entityTypes['Order']!.attributes,
        total: { type: { kind: 'Long' }, required: true, log: true },
        owner: { type: { kind: 'Entity', name: 'User' }, required: true, log: true },
      },
    },
  },
};

const ALICE = {
  type: 'User',
  id: 'acme|alice',
  groups: ['acme|CLERK'],
  attributes: { kind: 'saasTenant', suspended: false, tenant: 'acme' },
};

const record = (more: object = {}): Record<string, unknown> => ({
  decisionId: 'd1',
  phase: 'backend',
  decision: 'allow',
  tenant: 'acme',
  action: 'GET /orders/{id}',
  principal: ALICE,
  resource: {
    type: 'Order',
    id: '7',
    attributes: { tenant: 'acme', total: 10, owner: { __entity: { type: 'Store::User', id: 'acme|alice' } } },
  },
  context: { ip: { __extn: { fn: 'ip', arg: '10.0.0.1' } }, stock: 1 },
  ...more,
});
const order = (attributes: object) => ({ resource: { type: 'Order', id: '7', attributes } });

describe('replaying decision records', () => {
  let project: Project;
  let tenants: readonly Tenant[];
  before(async () => {
    project = await makeProject({ 'dsl/generated/model.json': JSON.stringify(model) });
    const loaded = await loadTenants({ root: project.root, model, types: false });
    expect(loaded.problems).to.deep.equal([]);
    ({ tenants } = loaded);
  });
  after(() => project.remove());

  async function* lines(...all: readonly (object | string)[]): AsyncGenerator<string | undefined> {
    for (const line of all) yield typeof line === 'object' ? JSON.stringify(line) : line;
  }
  const run = (...all: readonly (object | string)[]): Promise<Replayed> =>
    replay(lines(...all), { model, tenants }, { semantics: 'enforced', progress: () => {} });

  it('counts what is decided as before', async () => {
    expect(await run(record(), { message: 'decision record', record: record() })).to.deep.equal({
      records: 2, same: 2, changed: 0, unknown: 0, gone: 0, skipped: 0, groups: [],
    }); // prettier-ignore
  });

  it('groups what would change, with counts, the deciding policies and an example', async () => {
    const dear = order({
      tenant: 'acme',
      total: 5_000,
      owner: { __entity: { type: 'Store::User', id: 'acme|alice' } },
    });
    const { changed, groups } = await run(
      record(dear),
      record({ ...dear, decisionId: 'd2' }),
      record({ decision: 'deny' }),
    );
    expect(changed).to.equal(3);
    expect(groups).to.deep.equal([
      { tenant: 'acme', action: 'GET /orders/{id}', phase: 'backend', was: 'allow', now: 'deny', by: ['nothing-dear'], count: 2, example: 'd1' },
      { tenant: 'acme', action: 'GET /orders/{id}', phase: 'backend', was: 'deny', now: 'allow', by: ['clerks-read-small-orders'], count: 1, example: 'd1' },
    ]); // prettier-ignore
  });

  it('is unknown where a policy that matters reads what was not recorded, and names it', async () => {
    const lists = {
      action: 'GET /orders',
      resource: { type: 'Endpoint', id: 'GET /orders', attributes: {} },
      context: {},
    };
    const { unknown, groups } = await run(record(lists));
    expect(unknown).to.equal(1);
    expect(groups[0]).to.include({ now: 'unknown' });
    expect(groups[0]?.by).to.deep.equal(['principal.age']);
  });

  it('decides all the same where the facts that are missing cannot matter', async () => {
    // Nobody but a clerk may, whatever else is true.
    const stranger = { principal: { ...ALICE, groups: [] } };
    expect(await run(record({ ...stranger, decision: 'deny' }))).to.include({ same: 1, unknown: 0 });
  });

  it('asks the gateway its part of the policies', async () => {
    const atGateway = {
      phase: 'gateway',
      ...order({}),
      context: { ip: { __extn: { fn: 'ip', arg: '192.0.2.1' } } },
    };
    const { groups } = await run(record(atGateway));
    expect(groups[0]).to.include({ phase: 'gateway', now: 'deny' });
    expect(groups[0]?.by).to.deep.equal(['only-from-the-office']);
  });

  it('denies what is not there any more, and skips what is no record', async () => {
    const result = await run(
      record({ tenant: 'initech' }),
      record({ action: 'GET /gone' }),
      record({ principal: { type: 'Ghost', id: 'g', groups: [], attributes: {} } }),
      'START RequestId: 1',
      '',
      '{"message":"decision","decision":"deny"}',
      '{"phase":"backend"',
    );
    expect(result).to.include({ records: 3, changed: 3, gone: 2, skipped: 3 });
  });

  it('goes by no value that the engine refuses', async () => {
    const odd = order({
      tenant: 'acme',
      total: 1.5,
      owner: { __entity: { type: 'Store::User', id: 'acme|alice' } },
    });
    const { groups } = await run(record(odd));
    expect(groups[0]?.by).to.deep.equal(['a value that the engine refuses']);
  });

  it('explains a record as far as it goes', async () => {
    const tenant = tenants.find(({ slug }) => slug === 'acme')!;
    const read = readRecord(JSON.stringify(record({ principal: { ...ALICE, groups: [] } })), model)!;
    const explained = explainRecord(read, { model, tenant, source: () => undefined }, 'enforced')!;
    expect(explained).to.include({ decision: 'deny', was: 'allow' });
    expect(explained.nearly.map(({ policy, kept }) => [policy, kept])).to.deep.equal([
      ['clerks-read-small-orders', 'scope'],
    ]);
    const lists = record({
      action: 'GET /orders',
      resource: { type: 'Endpoint', id: 'GET /orders', attributes: {} },
      context: {},
    });
    const unknown = explainRecord(
      readRecord(JSON.stringify(lists), model)!,
      { model, tenant, source: () => undefined },
      'enforced',
    )!;
    expect(unknown.decision).to.equal('unknown');
    expect(explanationText(unknown)).to.match(
      /adults-list \(tenants\/shared\/listers\.ts:3:3\)\n +reads what was not recorded: principal\.age/,
    );
  });

  describe('from files', () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-replay-'));
    });
    after(() => rm(folder, { recursive: true }));

    const all = async (content: Buffer | string): Promise<(string | undefined)[]> => {
      const file = path.join(folder, 'log');
      await writeFile(file, content);
      const read: (string | undefined)[] = [];
      for await (const line of linesOf(file)) read.push(line);
      return read;
    };

    it('reads lines, of gzip files too, with or without an end to the last', async () => {
      expect(await all('a\nbü\n\nc')).to.deep.equal(['a', 'bü', '', 'c']);
      expect(await all(gzipSync('a\nb\n'))).to.deep.equal(['a', 'b']);
      expect(await all('')).to.deep.equal([]);
      const many = 'x'.repeat(99).concat('\n').repeat(5_000);
      expect(await all(gzipSync(many))).to.have.length(5_000);
    });

    it('keeps no line that does not end', async () => {
      const endless = 'y'.repeat(3_000_000);
      expect(await all(`${endless}\nafter`)).to.deep.equal([undefined, 'after']);
      expect(await all(gzipSync(endless))).to.deep.equal([undefined]);
    });

    it('fails on a gzip file that is cut off', async () => {
      const whole = gzipSync('line\n'.repeat(10_000));
      const failure = await all(whole.subarray(0, whole.length - 20)).then(
        () => 'read',
        (error: unknown) => String(error),
      );
      expect(failure).to.match(/unexpected end of file/);
    });
  });
});
