import type { Site } from '../../cedar/ast.ts';
import { type Model, RESERVED_ATTRIBUTES } from '../../cedar/model.ts';
import type { TenantDefinition } from '../tenants/tenant.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

/** Test users with groups or attributes that no principal of the tenant can have. */
export function userProblems(tenant: TenantDefinition, model: Model, at: Site): Problem[] {
  const types = Object.entries(model.principalTypes).filter(([, { kinds }]) => kinds.includes(tenant.kind));
  const attributes = new Set(
    types.flatMap(([name, { attributes: own }]) => [
      ...Object.keys(own),
      ...Object.keys(tenant.attributes[name] ?? {}),
    ]),
  );
  // An issuer has no say over groups that all tenants have.
  const hasCommonGroups = tenant.identity?.kind !== 'issuer';
  const isGroup = (name: string): boolean =>
    (hasCommonGroups && Object.hasOwn(model.groups, name)) || tenant.groups.includes(name);
  const listed = tenant.identity?.kind === 'issuer' ? tenant.identity.claims : undefined;
  const isAttribute = (name: string): boolean =>
    attributes.has(name) &&
    !RESERVED_ATTRIBUTES.some((reserved) => reserved === name) &&
    // What no claim is named for, no token of an issuer could give its people.
    (!listed || Object.hasOwn(listed, name));
  const problem = (user: string, what: string, name: string): Problem => ({
    site: at,
    code: 'TEST_USER',
    message: printable(`the user "${user}" has the ${what} "${name}", which the tenant does not have`),
    remedy: `use a ${what} that the editor offers`,
  });
  return Object.entries(tenant.users).flatMap(([user, { groups = [], attributes: given = {} }]) => [
    ...groups.filter((name) => !isGroup(name)).map((name) => problem(user, 'group', name)),
    ...Object.keys(given)
      .filter((name) => !isAttribute(name))
      .map((name) => problem(user, 'attribute', name)),
  ]);
}
