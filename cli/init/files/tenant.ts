import type { Plan } from '../plan.ts';
import { actionScope, literal } from './source-text.ts';

export const TENANT = 'acme';
/** Test users: one of each group, and one of none. */
export const USERS = { reader: 'rita', editor: 'ed', visitor: 'vic' } as const;
export const POLICIES = { reads: 'readers-read', writes: 'editors-write', refused: 'not-yet' } as const;

/** `tenants/acme.ts`: allows something and denies something. */
export function tenantFile({ operations, groups, userAttributes }: Plan): string {
  const { reads, writes, refused } = operations;
  const attributes =
    Object.keys(userAttributes).length > 0 ? `attributes: ${JSON.stringify(userAttributes)}` : '';
  const user = (group?: string): string =>
    `{ ${[group ? `groups: [${literal(group)}]` : '', attributes].filter((part) => part !== '').join(', ')} }`;
  const edited = refused ? [...writes, refused] : writes;
  return `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({
  slug: ${literal(TENANT)},
  groups: [${literal(groups.reader)}, ${literal(groups.editor)}],
  policies: ({ permit, ${refused ? 'forbid, ' : ''}op }) => [
    permit().principalInGroup(${literal(groups.reader)})${actionScope(reads)}.id(${literal(POLICIES.reads)}),
${
  edited.length > 0
    ? `
    permit().principalInGroup(${literal(groups.editor)})${actionScope(edited)}.id(${literal(POLICIES.writes)}),
`
    : ''
}${
    refused
      ? `
    // A forbid holds against every permit.
    forbid()${actionScope([refused])}.id(${literal(POLICIES.refused)}),
`
      : ''
  }  ],
  // For local runs and tests; never deployed.
  users: {
    ${USERS.reader}: ${user(groups.reader)},
    ${USERS.editor}: ${user(groups.editor)},
    ${USERS.visitor}: ${user()},
  },
});
`;
}
