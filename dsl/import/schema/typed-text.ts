import type { Attribute } from '../../../cedar/model.ts';
import { contextNames } from '../../schema/context-names.ts';
import { attributesType, doc, property, sortedEntries, union } from '../../schema/typescript-text.ts';
import { attributeTypes, isOrHoldsEntity, refersToEntity } from '../../schema/typescript-values.ts';
import { free, pascal } from './text-names.ts';
import { isPureGroup, type World, type WorldAction, type WorldEntity } from './world.ts';

/** The context of an action that has none. Others end in Context. */
const EMPTY = 'Nothing';

/** The types of a vocabulary, in the shape that `npm run schema` writes, and the types of the language that they use. */
export function typedText(world: World): {
  readonly text: readonly string[];
  readonly used: readonly string[];
} {
  const values = attributeTypes();
  const members = (attributes: Readonly<Record<string, Attribute>>, schema: 'Schema<X>' | 'Schema'): string =>
    sortedEntries(attributes)
      .map(
        ([name, it]) => `${doc(it.description)}readonly ${property(name)}: ${values.of(name, it, schema)};`,
      )
      .join('\n');

  const entities = sortedEntries(Object.fromEntries(world.entityTypes));
  const nameOf = new Map<string, string>();
  for (const [name] of entities) {
    nameOf.set(name, free(`${pascal(name)}Attrs`, new Set(nameOf.values())));
  }
  const attributes = entities
    .filter(([, type]) => hasFacts(type))
    .map(
      ([name, type]) =>
        `${doc(type.description)}${attributesType({
          head: `${nameOf.get(name)}${dependsOnTenant(type) ? '<in out X>' : ''}`,
          tagged: type.tags && values.tagged(type.tags),
          members: members(type.attributes, 'Schema<X>'),
        })}`,
    );
  const attributesOf = (name: string, type: WorldEntity): string =>
    hasFacts(type) ? `${nameOf.get(name)}${dependsOnTenant(type) ? '<X>' : ''}` : '{}';

  const contexts = contextNames({ actions: Object.fromEntries(world.actions) });
  const contextOf = (action: string): string => contexts.of(action) || EMPTY;
  const isAnyEmpty = [...world.actions.keys()].some((name) => contextOf(name) === EMPTY);
  const all = [...world.actions].filter(([, action]) => isAsked(action));
  // What a policy over all actions may find.
  const anywhere = [...new Set(all.map(([name]) => contextOf(name)))].toSorted().join(' | ');
  const text = [
    '// X: what a tenant adds. Only attributes that refer to entities take it.',
    ...attributes,
    block('Entities<X>', entities.map(([name, type]) => [name, attributesOf(name, type)])), // prettier-ignore
    block('Parents', entities.map(([name, { ancestors }]) => [name, union(ancestors)])), // prettier-ignore
    ...contexts.all.map(([name, context]) => `export interface ${name} {\n${members(context, 'Schema')}\n}`),
    ...(isAnyEmpty ? [`export interface ${EMPTY} {}`] : []),
    block('Contexts', [['', anywhere || '{}'], ...(isAnyEmpty ? [[EMPTY, EMPTY] as const] : []), ...contexts.all.map(([name]) => [name, name] as const)]), // prettier-ignore
    ...actionsText(world, contextOf),
    schemaText(all.map(([, action]) => action)),
  ];
  return { text, used: ['Added', ...values.used()] };
}

/** No type at all. */
const NOBODY = union([]);

const isAsked = ({ principals }: WorldAction): boolean => principals.length > 0;

/** A map of types. An alias of an object type has an implicit index signature, which an interface has not. */
const block = (
  name: string,
  entries: readonly (readonly [name: string, type: string, about?: string | undefined])[],
): string =>
  `export type ${name} = {\n${entries.map(([key, type, about]) => `${doc(about)}${property(key)}: ${type};`).join('\n')}\n};`;

function actionsText(world: World, contextOf: (action: string) => string): string[] {
  const shape = (of: readonly (readonly [string, WorldAction])[]): string => {
    const some = (pick: (action: WorldAction) => readonly string[]): string =>
      union([...new Set(of.flatMap(([, action]) => pick(action)))].toSorted());
    const contexts = union([...new Set(of.map(([name]) => contextOf(name)))].toSorted());
    const [principal, resource] = [some((it) => it.principals), some((it) => it.resources)];
    const impossible = principal === NOBODY || resource === NOBODY ? '; impossible: true' : '';
    return `{ principal: ${principal}; resource: ${resource}; context: ${contexts}${impossible} }`;
  };
  const actions = sortedEntries(Object.fromEntries(world.actions));
  const groups = actions.filter(([, { members }]) => members.length > 0);
  const single = actions.filter(([, action]) => !isPureGroup(action));
  return [
    block('Actions', single.map((entry) => [entry[0], shape([entry]), entry[1].description])), // prettier-ignore
    block(
      'ActionGroups',
      groups.map(([group, { members, description }]) => {
        const inside = actions.filter(([name]) => name === group || members.includes(name));
        return [group, shape(inside.filter(([, action]) => isAsked(action))), description];
      }),
    ),
  ];
}

function schemaText(actions: readonly WorldAction[]): string {
  const all = (pick: (action: WorldAction) => readonly string[]): string =>
    union([...new Set(actions.flatMap(pick))].toSorted());
  return `/** The part that no tenant can change: resolved once. */
export interface SchemaNames extends SchemaShape {
entityName: keyof Parents;
principalName: ${all((it) => it.principals)};
resourceName: ${all((it) => it.resources)};
actionName: keyof Actions;
actionGroupName: keyof ActionGroups;
groupName: never;
groupType: never;
parents: Parents;
actions: Actions;
actionGroups: ActionGroups;
groups: {};
contexts: Contexts;
op: typeof op;
}

export interface Schema<in out X = {}> extends SchemaNames { entities: Entities<X> & Added<Schema<X>, X>; extension: X }

/** The schema, whatever a tenant adds to it. */
export interface Api extends SchemaFamily { readonly schema: Schema<this['added']> }`;
}

const hasFacts = ({ attributes, tags }: WorldEntity): boolean =>
  Object.keys(attributes).length > 0 || tags !== undefined;

const dependsOnTenant = ({ attributes, tags }: WorldEntity): boolean =>
  refersToEntity(attributes) || (tags !== undefined && isOrHoldsEntity(tags));
