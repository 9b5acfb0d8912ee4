import { type Action, type Attribute, type EntityType, GROUP_TYPE, type Model } from '../../cedar/model.ts';
import { contextNames } from './context-names.ts';
import { attributesType, doc, literal, property, sortedEntries, union } from './typescript-text.ts';
import { attributeTypes, isOrHoldsEntity, refersToEntity, type SchemaName } from './typescript-values.ts';

/**
 * The vocabulary as TypeScript, not yet formatted: the names that the language's types are made for and `op`, the
 * only value. Maps are type aliases and sets of names are properties, which keeps look-ups cheap (see SchemaShape);
 * `in out` spares the compiler comparing whole schemas.
 * @param origin what the first line names as the source
 * @param types module path of the language's types, as the file will import them
 */
export function typescriptText(model: Model, { origin, types }: { origin: string; types: string }): string {
  const values = attributeTypes();
  const entities = sortedEntries({ ...model.principalTypes, ...model.entityTypes });
  const attributes = entities
    .filter(([, type]) => hasFacts(type))
    .map(
      ([name, type]) =>
        `${doc(type.description)}${attributesType({
          head: `${name}Attrs${dependsOnTenant(type) ? '<in out X>' : ''}`,
          tagged: type.tags && values.tagged(type.tags),
          members: members(type.attributes, 'Schema<X>').join('\n'),
        })}`,
    );
  const contexts = contextNames(model);
  const contextInterfaces = contexts.all.map(([name, attributes]) =>
    [`export interface ${name} {`, ...members(attributes, 'Schema'), '}'].join('\n'),
  );

  function members(attributes: Readonly<Record<string, Attribute>>, schema: SchemaName): string[] {
    return sortedEntries(attributes).map(
      ([name, attribute]) =>
        `${doc(attribute.description)}readonly ${property(name)}: ${values.of(name, attribute, schema)};`,
    );
  }

  const body = [
    '// X: what a tenant adds. Only attributes that refer to entities take it.',
    ...attributes,
    `export type Entities<X> = {\n${entities.map(([name, type]) => `${name}: ${attrs(name, type)};`).join('\n')}\n${GROUP_TYPE}: {};\n};`,
    `export type Parents = {\n${parents(model)
      .map(([name, of]) => `${name}: ${union(of)};`)
      .join('\n')}\n};`,
    ...contextInterfaces,
    `export type Contexts = { '': {};\n${contexts.all.map(([name]) => `${name}: ${name};`).join('\n')}\n};`,
    `export type Actions = {\n${actions(model, contexts.of)}\n};`,
    `export type ActionGroups = {\n${actionGroups(model, contexts.of)}\n};`,
    `export type Groups = {\n${sortedEntries(model.groups)
      .map(([name, { members: of, description }]) => `${doc(description)}${property(name)}: ${union(of)};`)
      .join('\n')}\n};`,
    `/** The API's operations: documented, renamed and found by the editor, which strings are not. */\nexport const op = {\n${operations(model)}\n} as const;`,
    names(model),
    'export interface Schema<in out X = {}> extends SchemaNames { entities: Entities<X> & Added<Schema<X>, X>; extension: X }',
    "/** The schemas of all tenants, whatever each adds. */\nexport interface Api extends SchemaFamily { readonly schema: Schema<this['added']> }",
  ].join('\n\n');
  const imports = ['Added', 'SchemaFamily', 'SchemaShape', ...values.used()].sort();
  return `// Written by \`npm run schema\` from ${origin}; do not edit.\nimport type { ${imports.join(', ')} } from ${literal(types)};\n\n${body}\n`;
}

type Facts = Pick<EntityType, 'attributes' | 'tags'>;

const hasFacts = ({ attributes, tags }: Facts): boolean =>
  Object.keys(attributes).length > 0 || tags !== undefined;

const dependsOnTenant = ({ attributes, tags }: Facts): boolean =>
  refersToEntity(attributes) || (tags !== undefined && isOrHoldsEntity(tags));

function attrs(name: string, type: Facts): string {
  if (!hasFacts(type)) return '{}';
  return `${name}Attrs${dependsOnTenant(type) ? '<X>' : ''}`;
}

const parents = (model: Model): [string, readonly string[]][] => [
  ...sortedEntries(model.principalTypes).map(([name]): [string, string[]] => [name, [GROUP_TYPE]]),
  ...sortedEntries(model.entityTypes).map(([name, type]): [string, readonly string[]] => [
    name,
    type.parents,
  ]),
  [GROUP_TYPE, []],
];

type ContextOf = (action: string) => string;

const actions = (model: Model, contextOf: ContextOf): string =>
  sortedEntries(model.actions)
    .map(([name, { principals, resources, description }]) => {
      const shape = `principal: ${union(principals)}; resource: ${union(resources)}; context: ${literal(contextOf(name))}`;
      return `${doc(description)}${property(name)}: { ${shape} };`;
    })
    .join('\n');

/** All members of a group together, those of groups in it included. */
const actionGroups = (model: Model, contextOf: ContextOf): string =>
  sortedEntries(model.actionGroups)
    .map(([group]) => {
      const inGroup = sortedEntries(model.actions).filter(([, action]) => isIn(model, action.groups, group));
      const all = (pick: (action: Action) => readonly string[]): string =>
        union([...new Set(inGroup.flatMap(([, action]) => pick(action)))].sort());
      const contexts = union([...new Set(inGroup.map(([name]) => contextOf(name)))].sort());
      return `${property(group)}: { principal: ${all((it) => it.principals)}; resource: ${all((it) => it.resources)}; context: ${contexts} };`;
    })
    .join('\n');

const isIn = (model: Model, groups: readonly string[], group: string): boolean =>
  groups.some((name) => name === group || isIn(model, model.actionGroups[name]?.groups ?? [], group));

const operations = (model: Model): string =>
  sortedEntries(model.actions)
    .flatMap(([name, { route, description }]) => (route ? [{ key: route.key, name, description }] : []))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, name, description }) => `${doc(description)}${property(key)}: ${literal(name)},`)
    .join('\n');

const names = (model: Model): string => `/** The part that no tenant can change: resolved once. */
export interface SchemaNames extends SchemaShape {
entityName: keyof Parents;
principalName: ${union(Object.keys(model.principalTypes).sort())};
resourceName: ${union([...new Set(Object.values(model.actions).flatMap(({ resources }) => resources))].sort())};
actionName: keyof Actions;
actionGroupName: keyof ActionGroups;
groupName: keyof Groups;
groupType: ${literal(GROUP_TYPE)};
parents: Parents;
actions: Actions;
actionGroups: ActionGroups;
groups: Groups;
contexts: Contexts;
op: typeof op;
}`;
