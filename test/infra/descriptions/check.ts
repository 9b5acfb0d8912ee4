import { isObject } from '../../../authz/item-shape.ts';
import { type Description, find, type Found, type Table } from './description.ts';
import { PROSE } from './prose.ts';
import { type Described, DESCRIBED } from './resources.ts';
import { wrongs } from './wrongs.ts';

export type Inputs = Readonly<Record<string, unknown>>;

/**
 * Compares what the program sets with every description of it.
 * @param seen takes every description that was asked
 * @returns what is wrong, each with the path of the input
 */
export function violations(
  { type, inputs }: { readonly type: string; readonly inputs: Inputs },
  { described: table }: Pick<Table, 'described'>,
  seen: Set<Description> = new Set(),
): string[] {
  const described = DESCRIBED[type];
  if (!described) return [`is no type that is described in resources.ts`];
  const reached = new Set<string>();
  const wrong = described.by.flatMap((key) => {
    const root = table[key];
    if (!root) return [`is described by ${key}, which the table does not have`];
    return compare({ described, root, seen, reached }, inputs).map((text) => `${text} (${key})`);
  });
  const root = PROSE[type] ?? ANY;
  const worded = compare({ described: AS_WRITTEN, root, seen: new Set(), reached: new Set() }, inputs);
  return [...undescribed(inputs, described, reached), ...wrong, ...worded];
}

const AS_WRITTEN: Described = { by: [] };

interface Comparison {
  readonly described: Described;
  readonly root: Description;
  readonly seen: Set<Description>;
  /** Places of inputs that have a description. */
  readonly reached: Set<string>;
}

function compare({ described, root, seen, reached }: Comparison, inputs: Inputs): string[] {
  const found: string[] = [];
  const walk = (given: unknown, at: Description, path: string, place: string): void => {
    seen.add(at);
    reached.add(place);
    const value = adapted(described.json?.includes(path) ? JSON.parse(String(given)) : given, at);
    for (const wrong of wrongs(value, at, described.caseless === true)) found.push(`${place} ${wrong}`);
    if (Array.isArray(value)) {
      const each = at.each ?? ANY;
      for (const [index, one] of value.entries()) walk(one, each, path, `${place}[${index}]`);
    } else if (isObject(value)) walkObject(value, at, path, place);
  };
  const walkObject = (value: Inputs, at: Description, path: string, place: string): void => {
    const taken = new Set<string>(path === '' ? described.filled : []);
    for (const [name, child] of Object.entries(value)) {
      const childPath = join(path, name);
      if (described.without?.[childPath] !== undefined) continue;
      const target = targetOf(name, childPath, at);
      if (!target) continue;
      for (const [owner, property] of target.taken) if (owner === at) taken.add(property);
      for (const passed of target.passed) seen.add(passed);
      walk(child, target.description, childPath, join(place, name));
    }
    for (const name of at.required ?? [])
      if (!taken.has(name)) found.push(`${place === '' ? '' : `${place} `}lacks ${name}`);
  };
  const targetOf = (name: string, path: string, at: Description): Found | undefined => {
    if (at.type === 'any' || at.type === 'map') return { description: at.each ?? ANY, taken: [], passed: [] };
    const listed = described.names?.[path];
    if (listed === undefined) return find(at, name);
    return [listed].flat().flatMap((target) => find(root, target) ?? [])[0];
  };
  walk(inputs, root, '', '');
  return found;
}

const ANY: Description = { type: 'any' };

/** Tags are a map to the program and a list to some services; a list of one may be written as that one. */
function adapted(value: unknown, at: Description): unknown {
  if (at.type !== 'list' || Array.isArray(value)) return value;
  const isTags = isObject(value) && at.each?.properties?.['Key'] !== undefined;
  return isTags ? Object.entries(value).map(([key, text]) => ({ Key: key, Value: text })) : [value];
}

/** The outermost places that no description reaches. */
function undescribed(inputs: Inputs, { without, json }: Described, reached: ReadonlySet<string>): string[] {
  const visit = (value: unknown, path: string, place: string): string[] => {
    if (without?.[path] !== undefined) return [];
    if (!reached.has(place)) return [`${place} is described nowhere`];
    if (json?.includes(path)) return [];
    if (Array.isArray(value))
      return value.flatMap((one, index) =>
        isObject(one) ? childrenOf(one, path, `${place}[${index}]`) : [],
      );
    return isObject(value) ? childrenOf(value, path, place) : [];
  };
  const childrenOf = (value: Inputs, path: string, place: string): string[] =>
    Object.entries(value).flatMap(([name, child]) => visit(child, join(path, name), join(place, name)));
  return childrenOf(inputs, '', '');
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
