import { doc, literal, property, sortedEntries } from '../../schema/typescript-text.ts';
import { free, lowerFirst, pascal } from './text-names.ts';
import { isPureGroup, type World } from './world.ts';

/** The values of a vocabulary: `op`, and the names that exist while policies are read. */
export function namesText(world: World): string {
  const actions = [...world.actions];
  const names = (of: Iterable<string>): string => object([...of].map((name) => [name, '{}']));
  const groups = actions.flatMap(([name, { members }]) => (members.length > 0 ? [name] : []));
  const uids = actions.flatMap(([name, { uid }]): [string, string][] =>
    name === uid.id ? [] : [[name, `{ type: ${literal(uid.type)}, id: ${literal(uid.id)} }`]],
  );
  return `/** The actions by name: documented, renamed and found by the editor, which strings are not. */
export const op = {
${operations(world)}
} as const;

/** The names that exist, for when policies are read. They belong to no tenant: ids are printed as they are written. */
export const vocabulary = {
namespace: ${literal(world.namespace)},
tenants: false,
principalTypes: {},
entityTypes: ${names(world.entityTypes.keys())},
actions: ${names(world.actions.keys())},
${uids.length > 0 ? `actionUids: ${object(uids)},\n` : ''}actionGroups: ${names(groups)},
groups: {},
};`;
}

const object = (entries: readonly (readonly [name: string, value: string])[]): string =>
  `{ ${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    // Written plainly, it would set the object's prototype.
    .map(([name, value]) => `${name === '__proto__' ? "['__proto__']" : property(name)}: ${value}`)
    .join(', ')} }`;

function operations({ actions }: World): string {
  const taken = new Set<string>();
  return sortedEntries(Object.fromEntries(actions))
    .filter(([, action]) => !isPureGroup(action))
    .map(([name, { uid, description }]) => {
      const key = free(lowerFirst(pascal(uid.id)) || 'action', taken);
      taken.add(key);
      return `${doc(description)}${property(key)}: ${literal(name)},`;
    })
    .join('\n');
}
