import type { Attribute, Model, ValueType } from '../../cedar/model.ts';

type Attributes = Readonly<Record<string, Attribute>>;

const cedarType = (type: ValueType): object => {
  switch (type.kind) {
    case 'String':
    case 'Long':
      return { type: type.kind };
    case 'Bool':
      return { type: 'Boolean' };
    case 'Set':
      return { type: 'Set', element: cedarType(type.of) };
    case 'Record':
      return record(type.attributes);
    case 'Entity':
      return { type: 'Entity', name: type.name };
    default:
      return { type: 'Extension', name: type.kind };
  }
};

const record = (attributes: Attributes): object => ({
  type: 'Record',
  attributes: mapValues(attributes, ({ type, required }) => ({ ...cedarType(type), required })),
});

const mapValues = <T, U>(
  of: Readonly<Record<string, T>>,
  map: (value: T, name: string) => U,
): Record<string, U> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value, name)]));

const groups = (of: readonly string[]): object[] => of.map((id) => ({ id, type: 'Action' }));

/** The Cedar schema of a model: all of it, or only the facts that the gateway knows. */
export function schemaOf(model: Model, phase: 'full' | 'gateway'): object {
  const full = phase === 'full';
  return {
    [model.namespace]: {
      entityTypes: {
        Group: {},
        ...mapValues(model.principalTypes, ({ attributes, tags }) => ({
          memberOfTypes: ['Group'],
          shape: record(attributes),
          ...(full && tags && { tags: cedarType(tags) }),
        })),
        ...mapValues(model.entityTypes, ({ parents, attributes, tags }, name) =>
          full || name === 'Endpoint'
            ? {
                memberOfTypes: parents,
                shape: record(attributes),
                ...(full && tags && { tags: cedarType(tags) }),
              }
            : {},
        ),
      },
      actions: {
        ...mapValues(model.actionGroups, (group) => ({ memberOf: groups(group.groups) })),
        ...mapValues(model.actions, (action) => ({
          memberOf: groups(action.groups),
          appliesTo: {
            principalTypes: action.principals,
            resourceTypes: action.resources,
            context: record(
              Object.fromEntries(
                Object.entries(action.context).filter(([, { from }]) => full || from.source !== 'backend'),
              ),
            ),
          },
        })),
      },
    },
  };
}
