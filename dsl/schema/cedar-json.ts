import type { Attribute, Model, ValueType } from '../../cedar/model.ts';

export type CedarType =
  | { readonly type: 'String' | 'Long' | 'Boolean' }
  | { readonly type: 'Extension' | 'Entity'; readonly name: string }
  | { readonly type: 'Set'; readonly element: CedarType }
  | CedarRecord;
/** Required, unless it says otherwise. */
export type CedarAttribute = CedarType & { readonly required?: false };
export interface CedarRecord {
  readonly type: 'Record';
  readonly attributes: Readonly<Record<string, CedarAttribute>>;
}
export interface CedarEntityType {
  readonly memberOfTypes?: readonly string[];
  readonly shape?: CedarRecord;
  readonly tags?: CedarType;
}
export interface CedarAction {
  readonly memberOf?: readonly { readonly id: string }[];
  /** Absent for an action group. */
  readonly appliesTo?: {
    readonly principalTypes: readonly string[];
    readonly resourceTypes: readonly string[];
    readonly context?: CedarRecord;
  };
}
export interface CedarNamespace {
  readonly entityTypes: Readonly<Record<string, CedarEntityType>>;
  readonly actions: Readonly<Record<string, CedarAction>>;
}
/**
 * Cedar's JSON form of a schema, with one namespace: more, Verified Permissions does not take for sure. What is empty or
 * Cedar's default is left out: more than a quarter of the bytes that count against a store's limit.
 */
export type CedarSchema = Readonly<Record<string, CedarNamespace>>;

export function entityTypeOf(
  parents: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
  tags?: ValueType,
): CedarEntityType {
  return {
    ...(parents.length > 0 && { memberOfTypes: parents }),
    ...(hasAny(attributes) && { shape: cedarRecord(attributes) }),
    ...(tags && { tags: cedarType(tags) }),
  };
}

/** Operations and domain actions, and the groups that they are in. `isKnown`: which sources of context count. */
export function actionsOf(model: Model, isKnown: (source: string) => boolean): CedarNamespace['actions'] {
  const groups = Object.entries(model.actionGroups).map(
    ([name, group]) => [name, membership(group.groups)] as const,
  );
  const actions = Object.entries(model.actions).map(([name, action]) => {
    const context = Object.fromEntries(
      Object.entries(action.context).filter(([, { from }]) => isKnown(from.source)),
    );
    const appliesTo = {
      principalTypes: action.principals,
      resourceTypes: action.resources,
      ...(hasAny(context) && { context: cedarRecord(context) }),
    };
    return [name, { ...membership(action.groups), appliesTo }] as const;
  });
  return Object.fromEntries([...groups, ...actions]);
}

const membership = (groups: readonly string[]): Pick<CedarAction, 'memberOf'> =>
  groups.length > 0 ? { memberOf: groups.map((id) => ({ id })) } : {};

const hasAny = (record: object): boolean => Object.keys(record).length > 0;

export const cedarRecord = (attributes: Readonly<Record<string, Attribute>>): CedarRecord => ({
  type: 'Record',
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([name, { type, required }]) => [
      name,
      { ...cedarType(type), ...(!required && { required }) },
    ]),
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
      return cedarRecord(type.attributes);
    case 'Entity':
      return { type: 'Entity', name: type.name };
    default:
      return { type: 'Extension', name: type.kind };
  }
}
