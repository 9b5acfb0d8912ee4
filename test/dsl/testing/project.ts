import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { model } from './model.ts';

const here = (file: string): string => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));

const LANGUAGE = `import { language } from ${here('../../../dsl/language.ts')};
import { op } from ${here('schema.ts')};
import model from './generated/model.json' with { type: 'json' };
export { op };
export const { permit, forbid, saasTenant, guardrails } = language(model, op);
`;
const TESTING = `import { policyTests } from ${here('../../../dsl/testing/index.ts')};
export const { policies, sample } = policyTests();
`;
const ACME = `import { saasTenant } from '../dsl/index.ts';
import { listers } from './shared/listers.ts';
export default saasTenant({
  slug: 'acme',
  groups: ['CLERK'],
  attributes: { Order: { region: { type: 'String', optional: true } } },
  policies: ({ permit, forbid, op, ip }) => [
    permit()
      .principalInGroup('CLERK')
      .action(op.getOrder)
      .when(({ principal, resource }) => resource.total.lt(100).and(resource.owner.eq(principal)))
      .unless(({ context }) => context.stock.gt(3))
      .id('clerks-read-small-orders'),
    forbid()
      .action(op.getOrder)
      .when(({ resource }) => resource.total.plus(1).gt(1_000))
      .id('nothing-dear'),
    forbid()
      .action(op.getOrder)
      .unless(({ context }) => context.ip.isInRange(ip('10.0.0.0/8')))
      .id('only-from-the-office'),
    permit().principalInGroup('admins').action('ShowButton').id('admins-see-the-button'),
    ...listers,
  ],
  users: { alice: { groups: ['CLERK'], attributes: { age: 41 } } },
});
`;
const GLOBEX = `import { saasTenant } from '../dsl/index.ts';
import { listers } from './shared/listers.ts';
export default saasTenant({ slug: 'globex', policies: () => listers });
`;
const LISTERS = `import { op, permit } from '../../dsl/index.ts';
export const listers = [
  permit().action(op.listOrders).when(({ principal }) => principal.is('User', (user) => user.age.gt(17))).id('adults-list'),
];
`;
const GUARDRAILS = `import { guardrails } from '../../dsl/index.ts';
export default guardrails(({ slug, forbid }) => [
  forbid().resourceIs('Order').when(({ resource }) => resource.tenant.ne(slug)).id('guardrail-foreign-resource'),
  forbid().principalIs('Robot').action('ShowButton').id('guardrail-no-robots'),
]);
`;
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'dsl/index.ts': LANGUAGE,
  'dsl/testing.ts': TESTING,
  'dsl/generated/model.json': JSON.stringify(model),
  'tenants/acme.ts': ACME,
  'tenants/globex.ts': GLOBEX,
  'tenants/shared/listers.ts': LISTERS,
  'tenants/shared/guardrails.ts': GUARDRAILS,
};

export interface Project {
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/** Writes a project of two tenants into a temporary folder, with these files beside or instead of its own. */
export async function makeProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-testing-')));
  for (const [name, text] of Object.entries({ ...FILES, ...files })) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return { root, remove: () => rm(root, { recursive: true }) };
}
