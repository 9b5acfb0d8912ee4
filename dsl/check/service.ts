import { isDeepStrictEqual } from 'node:util';
import type { Site } from '../../cedar/ast.ts';
import { GROUP_TYPE, type Model, RESERVED_ATTRIBUTES, type ValueType } from '../../cedar/model.ts';
import { SERVICE_ATTRIBUTES } from '../tenants/service.ts';
import type { TenantDefinition } from '../tenants/tenant.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

type Found = Pick<Problem, 'message' | 'remedy'>;

/** A service that could get no token, or whose token would say something else than its file. */
export function serviceProblems(tenant: TenantDefinition, model: Model, at: Site): Problem[] {
  return found(tenant, model).map(({ message, remedy }) => ({
    site: at,
    code: 'SERVICE',
    message: printable(message),
    remedy,
  }));
}

function found(tenant: TenantDefinition, model: Model): Found[] {
  const { service, kind } = tenant;
  if ((kind === 'serviceClient') !== (service !== undefined))
    return [{ message: `a ${kind} is described as something else`, remedy: 'write serviceClient({ … })' }];
  if (!service) return [];
  const types = Object.entries(model.principalTypes).find(([, { kinds }]) => kinds.includes(kind));
  if (!types)
    return [
      {
        message: 'the API document names no principal type for services',
        remedy: 'give one of x-authz.principals the kind serviceClient',
      },
    ];
  const [type, { attributes }] = types;
  return [
    ...peopleProblems(tenant),
    ...typeProblems(type, attributes),
    ...service.scopes
      .filter((name) => !Object.hasOwn(model.actionGroups, name))
      .map((name) => ({
        message: `the scope "${name}" is no action group`,
        remedy: 'name action groups of the API document',
      })),
    ...service.groups
      .filter((name) => !model.groups[name]?.members.includes(type))
      .map((name) => ({
        message: `the service is in the group "${name}", which no ${type} can be in`,
        remedy: `name a ${GROUP_TYPE.toLowerCase()} of x-authz.groups that has ${type} among its members`,
      })),
    ...attributeProblems(tenant, {
      ...attributes,
      ...Object.fromEntries(
        Object.entries(tenant.attributes[type] ?? {}).map(([name, { required }]) => [name, { required }]),
      ),
    }),
  ];
}

function peopleProblems({ groups, users, tokenUse }: TenantDefinition): Found[] {
  return [
    ...(groups.length > 0
      ? [{ message: 'a service has no groups of its own', remedy: 'leave groups out' }]
      : []),
    ...(Object.keys(users).length > 0
      ? [{ message: 'a service has no users', remedy: 'say under client what it is' }]
      : []),
    ...(tokenUse === 'id' ? [{ message: 'a service gets no ID tokens', remedy: 'leave tokenUse out' }] : []),
  ];
}

/** No token would be issued: what the platform writes would be of another type. */
const typeProblems = (
  principalType: string,
  attributes: Readonly<Record<string, { readonly type: ValueType }>>,
): Found[] =>
  Object.entries(SERVICE_ATTRIBUTES)
    .filter(([name, type]) => attributes[name] && !isDeepStrictEqual(attributes[name].type, type))
    .map(([name, { kind }]) => ({
      message: `the attribute "${name}" of ${principalType}, which the platform sets, is no ${kind === 'Set' ? 'set of strings' : kind}`,
      remedy: 'give it another name or this type in the API document',
    }));

type Known = Readonly<
  Record<
    string,
    { readonly required: boolean; readonly default?: unknown; readonly from?: { readonly source: string } }
  >
>;

function attributeProblems({ service }: TenantDefinition, known: Known): Found[] {
  const given = Object.keys(service?.attributes ?? {});
  const isOurs = (name: string): boolean =>
    [...RESERVED_ATTRIBUTES, ...Object.keys(SERVICE_ATTRIBUTES)].some((ours) => ours === name);
  return [
    ...given
      .filter((name) => isOurs(name) || !Object.hasOwn(known, name))
      .map((name) => ({
        message: isOurs(name)
          ? `the attribute "${name}" is the platform's to set`
          : `the service has the attribute "${name}", which its principal type does not have`,
        remedy: 'use an attribute that the editor offers',
      })),
    // No token would be issued: see claimsOf in authz/enrich/claims.ts.
    ...Object.entries(known)
      .filter(
        ([name, { required, default: fallback }]) => required && fallback === undefined && !isOurs(name),
      )
      .filter(([name]) => !given.includes(name))
      .map(([name]) => ({
        message: `the service has no "${name}", which its principal type requires`,
        remedy: `write client: { attributes: { ${name}: … } }`,
      })),
  ];
}
