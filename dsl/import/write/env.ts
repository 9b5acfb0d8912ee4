import type { Expr, Variable } from '../../../cedar/ast.ts';
import type { World } from '../schema/world.ts';
import { LANGUAGE_NAMES } from '../schema/typescript.ts';
import type { Comments } from './comments.ts';
import type { Sameness } from './same.ts';
import { freeName } from './text.ts';
import { type Type, type Typing, typingOf } from './typing.ts';

/** A function of the language that a file can import. */
export type LanguageName = (typeof LANGUAGE_NAMES)[number];

/** What stands for an expression: a variable of the condition, or the parameter of a callback. */
interface Binding {
  readonly text: string;
  readonly type: Type;
}

/** What the whole of a file shares. */
export interface FileState {
  readonly world: World;
  readonly same: Sameness;
  readonly comments: Comments;
  /** What the file imports. */
  readonly used: Set<LanguageName | typeof UNTYPED>;
}

/** The language without types, under its name in a vocabulary. */
export const UNTYPED = 'untyped';

/** A function of the language, as the file calls it: policies that have no types use the one that has none. */
export function callee(name: LanguageName, { world, used }: Pick<FileState, 'world' | 'used'>): string {
  const instead = world.typed === 'not here';
  used.add(instead ? UNTYPED : name);
  return instead ? `${UNTYPED}.${name}` : name;
}

/** Where an expression stands. */
export interface Env extends FileState {
  readonly typing: Typing;
  /** The text that stands for an expression here, if any does. Notes the use of a variable. */
  readonly boundTo: (expr: Expr) => string | undefined;
  /** The same place inside a callback whose parameter stands for an expression. */
  readonly inside: (
    value: Expr,
    type: Type,
    wanted: string,
  ) => { readonly env: Env; readonly parameter: string };
  /** Variables that the condition uses. */
  readonly variables: Set<string>;
  /** Numbers of what is read here and guarded elsewhere. */
  readonly unguarded: Set<number>;
}

const TAKEN = new Set<string>(LANGUAGE_NAMES);

/** The place of a whole condition. `types`: of its variables. */
export function conditionEnv(
  file: FileState,
  types: Readonly<Record<Exclude<Variable, 'action'>, Type>>,
): Env {
  const variables = new Set<string>();
  const unguarded = new Set<number>();
  const place = (bound: ReadonlyMap<number, Binding>): Env => {
    const bindingOf = (expr: Expr): Binding | undefined => bound.get(file.same.numberOf(expr));
    const known = (expr: Expr): Type | undefined => {
      const binding = bindingOf(expr);
      if (binding) return binding.type;
      return expr.kind === 'variable' && expr.name !== 'action' ? types[expr.name] : undefined;
    };
    const isTaken = (name: string): boolean =>
      TAKEN.has(name) ||
      ['principal', 'action', 'resource', 'context'].includes(name) ||
      [...bound.values()].some(({ text }) => text === name);
    return {
      ...file,
      variables,
      unguarded,
      typing: typingOf(file.world, known),
      boundTo(expr) {
        const binding = bindingOf(expr);
        if (binding) return binding.text;
        if (expr.kind !== 'variable') return undefined;
        variables.add(expr.name);
        return expr.name;
      },
      inside(value, type, wanted) {
        const parameter = freeName(wanted, isTaken);
        return {
          env: place(new Map([...bound, [file.same.numberOf(value), { text: parameter, type }]])),
          parameter,
        };
      },
    };
  };
  return place(new Map());
}
