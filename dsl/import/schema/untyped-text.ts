import type { World } from './world.ts';

/**
 * Types of names alone: attributes can be anything, and Cedar alone will say what is wrong with them. Any action is
 * taken to apply to anything, for what TypeScript would refuse may be what the policy is about.
 */
export const untypedText = (
  name: string,
  { entityTypes }: World,
): string => `${entityTypes.size > 0 ? 'type EntityName = keyof typeof vocabulary.entityTypes' : '// No entity type is named: any name will do.\ntype EntityName = string'};
type AnyAction = { principal: EntityName; resource: EntityName; context: '' };

/** The names; what they stand for is not known to TypeScript. */
export interface ${name} extends SchemaShape {
entityName: EntityName;
principalName: EntityName;
resourceName: EntityName;
actionName: keyof typeof vocabulary.actions;
actionGroupName: keyof typeof vocabulary.actionGroups;
groupName: never;
groupType: never;
parents: { readonly [entity: string]: EntityName };
actions: { readonly [action: string]: AnyAction };
actionGroups: { readonly [group: string]: AnyAction };
groups: {};
// oxlint-disable-next-line typescript/no-explicit-any -- attributes can be anything
entities: { readonly [entity: string]: any };
// oxlint-disable-next-line typescript/no-explicit-any -- attributes can be anything
contexts: { readonly [context: string]: any };
op: typeof op;
extension: {};
}${name === 'Schema' ? '\n\nexport interface Api extends SchemaFamily { readonly schema: Schema }' : ''}`;
