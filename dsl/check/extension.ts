import type { Site } from '../../cedar/ast.ts';
import { GROUP_TYPE, type Model, RESERVED_ATTRIBUTES, type ValueType } from '../../cedar/model.ts';
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
    return Object.entries(added).flatMap(([name, { type: value }]) => {
      const taken =
        Object.hasOwn(existing, name) || RESERVED_ATTRIBUTES.some((reserved) => reserved === name);
      const unknown = entityNames(value).filter((entity) => !isType(entity));
      return [
        ...(taken ? [problem(`"${name}" of "${type}" is there already`, 'choose another name')] : []),
        ...unknown.map((entity) =>
          problem(`"${entity}" is no entity type of the API`, 'use one that the editor offers'),
        ),
      ];
    });
  });
}

function entityNames(type: ValueType): string[] {
  if (type.kind === 'Entity') return [type.name];
  return type.kind === 'Set' ? entityNames(type.of) : [];
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
