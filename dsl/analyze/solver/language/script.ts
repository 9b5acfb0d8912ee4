import type { Term } from './term.ts';

/** What a solver is asked: declarations, definitions and assertions, in the order in which they were made. */
export interface Script {
  /** Declares a function, or a constant, and names it. Equal keys name the same one. */
  readonly declare: (key: string, args: readonly string[], sort: string) => string;
  /** A constant of its own. */
  readonly fresh: (sort: string) => Term;
  /** Declares a record sort once for a key. */
  readonly sort: (key: string, declaration: (name: string) => string) => string;
  /** Gives a long term a name, so that terms made of it stay short. */
  readonly share: (term: Term, sort: string) => Term;
  readonly assert: (term: Term) => void;
  readonly text: () => string;
  /** How many assertions there are. */
  readonly asserted: () => number;
}

/** Shorter terms are not worth a name. */
const SHORT = 48;

/** An empty script. */
export function createScript(): Script {
  const lines: string[] = [];
  const known = new Map<string, string>();
  const assertions = new Set<Term>();
  const once = (key: string, name: () => string): string => {
    const made = known.get(key) ?? name();
    known.set(key, made);
    return made;
  };
  const next = (letter: string): string => `${letter}${lines.length}`;
  const declare = (name: string, args: readonly string[], sort: string): string => {
    lines.push(`(declare-fun ${name} (${args.join(' ')}) ${sort})`);
    return name;
  };
  return {
    declare: (key, args, sort) => once(`fun ${key}`, () => declare(next('f'), args, sort)),
    fresh: (sort) => declare(next('w'), [], sort),
    sort: (key, declaration) =>
      once(`sort ${key}`, () => {
        const name = next('R');
        lines.push(declaration(name));
        return name;
      }),
    share(term, sort) {
      if (term.length < SHORT) return term;
      return once(`term ${term}`, () => {
        const name = next('t');
        lines.push(`(define-fun ${name} () ${sort} ${term})`);
        return name;
      });
    },
    assert(term) {
      if (term === 'true' || assertions.has(term)) return;
      assertions.add(term);
      lines.push(`(assert ${term})`);
    },
    text: () => lines.join('\n'),
    asserted: () => assertions.size,
  };
}
