import { GROUP_TYPE, type Model, RESERVED_ATTRIBUTES } from '../../cedar/model.ts';
import type { SchemaExtension } from '../tenants/tenant.ts';
import { actionsOf, type CedarSchema, entityTypeOf } from './cedar-json.ts';

/**
 * The Cedar schema of an API, with what one tenant adds to it. Operations are actions in their action groups;
 * principals are members of groups.
 * @throws Error when the extension names no entity type of the model or an attribute that its type has already
 */
export function cedarSchema(model: Model, extension: SchemaExtension = {}): CedarSchema {
  for (const [type, added] of Object.entries(extension)) refuseOverlap(model, type, Object.keys(added));
  const principals = Object.entries(model.principalTypes).map(
    ([name, { attributes, tags }]) => [name, [GROUP_TYPE], attributes, tags] as const,
  );
  const resources = Object.entries(model.entityTypes).map(
    ([name, { parents, attributes, tags }]) => [name, parents, attributes, tags] as const,
  );
  const types = [...principals, ...resources, [GROUP_TYPE, [], {}, undefined] as const];
  return {
    [model.namespace]: {
      entityTypes: Object.fromEntries(
        types.map(([name, parents, attributes, tags]) => [
          name,
          entityTypeOf(parents, { ...attributes, ...extension[name] }, tags),
        ]),
      ),
      actions: actionsOf(model, () => true),
    },
  };
}

function refuseOverlap(model: Model, type: string, added: readonly string[]): void {
  const own = (model.principalTypes[type] ?? model.entityTypes[type])?.attributes;
  if (!own) throw new Error(`a schema extension names "${type}", which is no entity type`);
  const taken = added.find(
    (name) => Object.hasOwn(own, name) || RESERVED_ATTRIBUTES.some((it) => it === name),
  );
  if (taken !== undefined)
    throw new Error(`a schema extension adds "${taken}" to "${type}", which has it already`);
}
