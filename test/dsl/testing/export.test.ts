import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Asked } from '../../../dsl/testing/asked.ts';
import { exportCedarTests } from '../../../dsl/testing/cedar-cli/export.ts';
import { runCedarTests } from '../../../dsl/testing/cedar-cli/run.ts';
import { testedProject } from '../../../dsl/testing/loaded.ts';
import { type Subject, subjectOf } from '../../../dsl/testing/subject.ts';
import { makeProject, type Project } from './project.ts';

const principal = { user: 'alice', attributes: { home: { city: 'Bern', zip: '3000' } } };
const context = { ip: '10.0.0.1', stock: 1 };
const order = (total: bigint) => ({
  type: 'Order',
  id: 'o "1"',
  attributes: { labels: ['x'], owner: 'alice', rate: '0.5', total, region: 'EU' },
  parents: [
    { type: 'Box', id: 'b' },
    { type: 'Shelf', id: 's' },
  ],
  tags: { of: 'x' },
});

describe('policy tests written for the Cedar command line', () => {
  let folder: Project;
  let acme: Subject;
  let gateway: Subject;
  before(async () => {
    folder = await makeProject();
    const { root, model, tenants } = await testedProject(folder.root);
    const tenant = tenants.get('acme')!;
    acme = subjectOf(root, { model, tenant, phase: 'backend' });
    gateway = subjectOf(root, { model, tenant, phase: 'gateway' });
  });
  after(() => folder.remove());

  const asked = (
    subject: Subject,
    expected: Asked['expected'],
    total: bigint,
    pinned: string[] = [],
  ): Asked => {
    const given = { principal, action: 'GET /orders/{id}', resource: order(total), context };
    return { subject, given, examination: subject.examine(given), expected, test: 'clerks read', pinned };
  };

  it('say there what they say here, errors, tags and integers of 64 bits included', async () => {
    const folders = await exportCedarTests(
      [
        asked(acme, 'allow', 50n, ['clerks-read-small-orders']),
        asked(acme, 'allow', -(2n ** 63n)),
        asked(acme, 'deny', 1_000n, ['nothing-dear']),
        asked(acme, 'deny', 2n ** 63n - 1n, ['nothing-dear']),
        asked(acme, 'deny', 50n),
        asked(gateway, 'allow', 1_000n),
      ],
      path.join(folder.root, 'out'),
    );
    expect(folders.map((each) => path.relative(folder.root, each))).to.deep.equal([
      'out/acme',
      'out/acme-gateway',
    ]);
    const results = await Promise.all(
      folders.map((home) =>
        runCedarTests({
          tests: path.join(home, 'tests.json'),
          policies: path.join(home, 'policies.cedar'),
          schema: path.join(home, 'schema.cedarschema'),
        }),
      ),
    );
    const outcomes = results.map((each) => each.map(({ outcome, message }) => message ?? outcome));
    expect(outcomes).to.deep.equal([['ok', 'ok', 'ok', 'ok', 'expected deny, got allow'], ['ok']]);
    expect(results[0]?.[0]?.name).to.equal('clerks read: can GET /orders/{id} on Order');
  });

  it('are in the form that it reads', async () => {
    const [home = ''] = await exportCedarTests(
      [asked(acme, 'deny', 2n ** 63n - 1n)],
      path.join(folder.root, 'form'),
    );
    const text = await readFile(path.join(home, 'tests.json'), 'utf8');
    expect(text).to.include('"total": 9223372036854775807,');
    const [test]: [Record<string, unknown>] = JSON.parse(text);
    expect(test).to.have.all.keys('name', 'request', 'entities', 'decision', 'reason', 'num_errors');
    expect(test).to.deep.include({
      request: {
        principal: 'Store::User::"acme|alice"',
        action: 'Store::Action::"GET /orders/{id}"',
        resource: 'Store::Order::"o \\"1\\""',
        context: { ip: { __extn: { fn: 'ip', arg: '10.0.0.1' } }, stock: 1 },
      },
      // Cedar itself skips a forbid that errs; that it denies is for us to say.
      decision: 'deny',
      reason: [],
      num_errors: 1,
    });
    expect(await readFile(path.join(home, 'policies.cedar'), 'utf8')).to.match(
      /^@id\("clerks-read-small-orders"\)\npermit \(/,
    );
  });
});
