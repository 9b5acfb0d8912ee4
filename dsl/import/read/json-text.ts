import type { Site } from '../../../cedar/ast.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { linesOf } from '../../../cedar/text/lines.ts';

/** JSON as it was written: integers are exact, as `bigint`, and objects and lists know where they stand. */
export interface LocatedJson {
  readonly value: unknown;
  readonly siteOf: (value: unknown) => Site | undefined;
  /** Where the value stands that an object or a list has under a name or index. */
  readonly siteIn: (container: unknown, key: string | number) => Site | undefined;
}

/** Cedar's own reader of JSON ends at 128. */
const MAX_NESTING = 1_000;
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+|"/g;
const INTEGER = /^-?(0|[1-9]\d*)$/;

/** @throws {PolicyError} at the place of what is no JSON, of a name that an object has twice, and past 1,000 levels */
export function readJson(text: string, file: string): LocatedJson {
  const placeOf = linesOf(text);
  const tokens = [...text.replace(/^\ufeff/, ' ').matchAll(TOKEN)];
  const sites = new WeakMap<object, Site>();
  const members = new WeakMap<object, Map<string | number, Site>>();
  let index = 0;
  let depth = 0;

  const siteHere = (): Site => ({ file, ...placeOf(tokens[index]?.index ?? text.length) });
  const refuse = (message: string, site = siteHere()): PolicyError =>
    new PolicyError({ code: 'JSON_SYNTAX', message, remedy: 'correct the JSON text', site });
  const accept = (symbol: string): boolean => {
    if (tokens[index]?.[0] !== symbol) return false;
    index += 1;
    return true;
  };
  const items = (close: string, item: () => void): void => {
    if (depth >= MAX_NESTING) throw refuse(`this nests more than ${MAX_NESTING} levels`);
    depth += 1;
    let ended = accept(close);
    while (!ended) {
      item();
      ended = accept(close);
      if (!ended && !accept(',')) throw refuse(`a comma or ${close} is missing`);
    }
    depth -= 1;
  };
  const scalar = (): unknown => {
    const token = tokens[index]?.[0] ?? '';
    try {
      const read: unknown = INTEGER.test(token) ? BigInt(token) : JSON.parse(token);
      index += 1;
      return read;
    } catch {
      throw refuse(token === '' ? 'the text ends here' : 'no JSON value stands here');
    }
  };
  const value = (): unknown => {
    const site = siteHere();
    if (accept('[')) {
      const list: unknown[] = [];
      const places = new Map<number, Site>();
      sites.set(list, site);
      members.set(list, places);
      items(']', () => {
        places.set(list.length, siteHere());
        list.push(value());
      });
      return list;
    }
    if (!accept('{')) return scalar();
    const entries = new Map<string, unknown>();
    const places = new Map<string, Site>();
    items('}', () => {
      const place = siteHere();
      const name = scalar();
      if (typeof name !== 'string') throw refuse('a name in double quotes is missing', place);
      if (entries.has(name)) throw refuse(`the object has ${JSON.stringify(name)} already`, place);
      if (!accept(':')) throw refuse('a colon is missing');
      places.set(name, siteHere());
      entries.set(name, value());
    });
    const object: object = Object.fromEntries(entries);
    sites.set(object, site);
    members.set(object, places);
    return object;
  };
  const whole = value();
  if (index < tokens.length) throw refuse('something follows the JSON value');
  return {
    value: whole,
    siteOf: (part) => (isObject(part) ? sites.get(part) : undefined),
    siteIn: (container, key) => (isObject(container) ? members.get(container)?.get(key) : undefined),
  };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
