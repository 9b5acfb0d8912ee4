import type { Operation } from '../operations.ts';
import type { Plan } from '../plan.ts';
import { literal } from './source-text.ts';
import { POLICIES, TENANT, USERS } from './tenant.ts';

/** `test/policies/acme.test.ts`: what the tenant allows and denies, as expectations. */
export function policyTest({ operations: { reads, writes, refused } }: Plan): string {
  const first = (list: readonly Operation[]): string[] => list.slice(0, 1).map(asked);
  const lines = (operations: string[], line: (operation: string) => string): string =>
    operations.map((operation) => `    ${line(operation)}\n`).join('');
  return `import { policies } from '../../dsl/testing.ts';

const ${TENANT} = await policies(${literal(TENANT)});

describe(${literal(TENANT)}, () => {
  it('lets readers read, and nobody without a group', () => {
${lines(first(reads), (operation) => `${TENANT}.can(${literal(USERS.reader)}, ${operation}).by(${literal(POLICIES.reads)});`)}${lines(first(reads), (operation) => `${TENANT}.cannot(${literal(USERS.visitor)}, ${operation});`)}  });
${
  writes.length > 0
    ? `
  it('lets editors write, and readers not', () => {
${lines(first(writes), (operation) => `${TENANT}.can(${literal(USERS.editor)}, ${operation}).by(${literal(POLICIES.writes)});`)}${lines(first(writes), (operation) => `${TENANT}.cannot(${literal(USERS.reader)}, ${operation});`)}  });
`
    : ''
}${
    refused
      ? `
  it('refuses what nobody may do yet', () => {
    ${TENANT}.cannot(${literal(USERS.editor)}, ${asked(refused)}).by(${literal(POLICIES.refused)});
  });
`
      : ''
  }});
`;
}

/** The action and what else has to be said of the request. */
function asked({ action, resource, context }: Operation): string {
  const about = [resource && JSON.stringify(withoutNothing(resource)), JSON.stringify(context)];
  if (Object.keys(context).length === 0) about.pop();
  while (about.length > 0 && about.at(-1) === undefined) about.pop();
  return [literal(action), ...about.map((part) => part ?? 'undefined')].join(', ');
}

/** The attributes of a type that has none may be left out. */
const withoutNothing = ({ type, attributes }: NonNullable<Operation['resource']>): object =>
  Object.keys(attributes).length > 0 ? { type, attributes } : { type };
