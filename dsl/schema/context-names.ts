import { canonicalJson } from '../../cedar/canonical-json.ts';
import type { Attribute } from '../../cedar/model.ts';
import { sortedEntries } from './typescript-text.ts';

type Context = Readonly<Record<string, Attribute>>;
/** What is asked of an action: of one in a model, or in a schema that was there before. */
interface Speaking {
  readonly context: Context;
  readonly route?: { readonly key: string };
}

/** The different contexts of an API, and which an action has. */
export interface ContextNames {
  readonly all: readonly (readonly [name: string, context: Context])[];
  /** '' where the action has none. */
  readonly of: (action: string) => string;
}

/** Equal contexts share one name, that of the first action that has it: `getOrder` gives `GetOrderContext`. */
export function contextNames(model: { readonly actions: Readonly<Record<string, Speaking>> }): ContextNames {
  const all = new Map<string, Context>();
  const byShape = new Map<string, string>();
  const byAction = new Map<string, string>();
  for (const [action, { context, route }] of sortedEntries(model.actions)) {
    if (Object.keys(context).length === 0) continue;
    const shape = canonicalJson(context);
    const name = byShape.get(shape) ?? freeName(route?.key ?? action, all);
    all.set(name, context);
    byShape.set(shape, name);
    byAction.set(action, name);
  }
  return { all: [...all], of: (action) => byAction.get(action) ?? '' };
}

/** Operation ids may differ in letters that a type's name cannot have. */
function freeName(key: string, taken: ReadonlyMap<string, unknown>): string {
  const words = key.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const base = `${words.join('').replace(/^(?=\d)/, 'Action')}Context`;
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}${n}`;
  return name;
}
