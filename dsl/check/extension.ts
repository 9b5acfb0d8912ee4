import type { Site } from '../../cedar/ast.ts';
import {
  GROUP_TYPE,
  type Model,
  type PrincipalType,
  RESERVED_ATTRIBUTES,
  type ValueType,
} from '../../cedar/model.ts';
import type { SchemaExtension } from '../tenants/tenant.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

/** Attributes that a tenant may not add: of types that the API does not have, or in place of others. */
export function extensionProblems(extension: SchemaExtension, model: Model, at: Site): Problem[] {
  const attributesOf = (type: string): object | undefined =>
    own(model.principalTypes, type)?.attributes ?? own(model.entityTypes, type)?.attributes;
  const isType = (name: string): boolean => name === GROUP_TYPE || attributesOf(name) !== undefined;
  const problem = (message: string, remedy: string): Problem => ({
    site: at,
    code: 'ATTRIBUTES',
    message: printable(message),
    remedy,
  });
  return Object.entries(extension).flatMap(([type, added]) => {
    const existing = attributesOf(type);
    if (!existing)
      return [problem(`"${type}" is no entity type of the API`, 'use one that the editor offers')];
    const claims = claimsOf(own(model.principalTypes, type));
    return Object.entries(added).flatMap(([name, { type: value }]) => {
      const taken =
        Object.hasOwn(existing, name) || RESERVED_ATTRIBUTES.some((reserved) => reserved === name);
      // Its value comes in a claim of this name: see authz/identity/tenant-attributes.ts.
      const claimed = claims.has(`ext_${name}`);
      const unknown = entityNames(value).filter((entity) => !isType(entity));
      return [
        ...(claimed
          ? [problem(`the claim "ext_${name}" of "${type}" is the API's own`, 'choose another name')]
          : []),
        ...(taken ? [problem(`"${name}" of "${type}" is there already`, 'choose another name')] : []),
        ...unknown.map((entity) =>
          problem(`"${entity}" is no entity type of the API`, 'use one that the editor offers'),
        ),
      ];
    });
  });
}

const claimsOf = (type: PrincipalType | undefined): ReadonlySet<string> =>
  new Set(
    Object.values(type?.attributes ?? {}).flatMap(({ from }) =>
      from.source === 'claim' ? [from.claim] : [],
    ),
  );

function entityNames(type: ValueType): string[] {
  if (type.kind === 'Entity') return [type.name];
  if (type.kind === 'Record')
    return Object.values(type.attributes).flatMap((inner) => entityNames(inner.type));
  return type.kind === 'Set' ? entityNames(type.of) : [];
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
