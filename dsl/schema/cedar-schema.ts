import {
  type Attribute,
  ENDPOINT_TYPE,
  GROUP_TYPE,
  type Model,
  RESERVED_ATTRIBUTES,
  type ValueType,
} from '../../cedar/model.ts';
import type { SchemaExtension } from '../tenants/tenant.ts';

export type CedarType =
  | { readonly type: 'String' | 'Long' | 'Boolean' }
  | { readonly type: 'Extension' | 'Entity'; readonly name: string }
  | { readonly type: 'Set'; readonly element: CedarType }
  | CedarRecord;
export type CedarAttribute = CedarType & { readonly required: boolean };
export interface CedarRecord {
  readonly type: 'Record';
  readonly attributes: Readonly<Record<string, CedarAttribute>>;
}
export interface CedarEntityType {
  readonly memberOfTypes: readonly string[];
  readonly shape: CedarRecord;
}
export interface CedarAction {
  readonly memberOf: readonly { readonly id: string }[];
  /** Absent for an action group. */
  readonly appliesTo?: {
    readonly principalTypes: readonly string[];
    readonly resourceTypes: readonly string[];
    readonly context: CedarRecord;
  };
}
export interface CedarNamespace {
  readonly entityTypes: Readonly<Record<string, CedarEntityType>>;
  readonly actions: Readonly<Record<string, CedarAction>>;
}
/** Cedar's JSON form of a schema, with one namespace: more, Verified Permissions does not take for sure. */
export type CedarSchema = Readonly<Record<string, CedarNamespace>>;

/**
 * The Cedar schema of an API, with what one tenant adds to it. Operations are actions in their action groups;
 * principals are members of groups.
 * @throws Error when the extension names no entity type of the model or an attribute that its type has already
 */
export function cedarSchema(model: Model, extension: SchemaExtension = {}): CedarSchema {
  for (const [type, added] of Object.entries(extension)) refuseOverlap(model, type, Object.keys(added));
  const principals = Object.entries(model.principalTypes).map(
    ([name, { attributes }]) => [name, [GROUP_TYPE], attributes] as const,
  );
  const resources = Object.entries(model.entityTypes).map(
    ([name, { parents, attributes }]) => [name, parents, attributes] as const,
  );
  const types = [...principals, ...resources, [GROUP_TYPE, [], {}] as const];
  return {
    [model.namespace]: {
      entityTypes: Object.fromEntries(
        types.map(([name, memberOfTypes, attributes]) => [
          name,
          { memberOfTypes, shape: recordOf({ ...attributes, ...extension[name] }) },
        ]),
      ),
      actions: actionsOf(model, () => true),
    },
  };
}

/**
 * The schema of the gateway's phase: only facts that are known there. Resources but the operation's own have neither
 * attributes nor parents, and what a tenant adds is unknown: the strict validator then proves that a projected policy
 * reads nothing that no request at the gateway carries.
 */
export function gatewaySchema(model: Model): CedarSchema {
  const full = cedarSchema(model)[model.namespace];
  const known = (name: string): boolean =>
    name === ENDPOINT_TYPE || name === GROUP_TYPE || Object.hasOwn(model.principalTypes, name);
  const nothing: CedarEntityType = { memberOfTypes: [], shape: recordOf({}) };
  return {
    [model.namespace]: {
      entityTypes: Object.fromEntries(
        Object.entries(full?.entityTypes ?? {}).map(([name, type]) => [name, known(name) ? type : nothing]),
      ),
      actions: actionsOf(model, (source) => source !== 'backend'),
    },
  };
}

function actionsOf(model: Model, isKnown: (source: string) => boolean): CedarNamespace['actions'] {
  const memberOf = (groups: readonly string[]) => groups.map((id) => ({ id }));
  const groups = Object.entries(model.actionGroups).map(
    ([name, group]) => [name, { memberOf: memberOf(group.groups) }] as const,
  );
  const actions = Object.entries(model.actions).map(([name, action]) => {
    const context = Object.entries(action.context).filter(([, { from }]) => isKnown(from.source));
    const appliesTo = {
      principalTypes: action.principals,
      resourceTypes: action.resources,
      context: recordOf(Object.fromEntries(context)),
    };
    return [name, { memberOf: memberOf(action.groups), appliesTo }] as const;
  });
  return Object.fromEntries([...groups, ...actions]);
}

/** `required` is always written: left out, it would mean true. */
const recordOf = (attributes: Readonly<Record<string, Attribute>>): CedarRecord => ({
  type: 'Record',
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([name, { type, required }]) => [name, { ...cedarType(type), required }]),
  ),
});

function cedarType(type: ValueType): CedarType {
  switch (type.kind) {
    case 'String':
    case 'Long':
      return { type: type.kind };
    case 'Bool':
      return { type: 'Boolean' };
    case 'Set':
      return { type: 'Set', element: cedarType(type.of) };
    case 'Record':
      return recordOf(type.attributes);
    case 'Entity':
      return { type: 'Entity', name: type.name };
    default:
      return { type: 'Extension', name: type.kind };
  }
}

function refuseOverlap(model: Model, type: string, added: readonly string[]): void {
  const own = (model.principalTypes[type] ?? model.entityTypes[type])?.attributes;
  if (!own) throw new Error(`a schema extension names "${type}", which is no entity type`);
  const taken = added.find((name) => Object.hasOwn(own, name) || RESERVED_ATTRIBUTES.some((it) => it === name));
  if (taken !== undefined) throw new Error(`a schema extension adds "${taken}" to "${type}", which has it already`);
}
