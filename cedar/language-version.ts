import type { Constructor, Expr, Method, Policy, Site } from './ast.ts';
import { parts } from './walk.ts';

/**
 * Versions of the Cedar language that brought constructs which policies are written with (docs.cedarpolicy.com,
 * "History of the Cedar language"). They are not those of its SDK.
 */
export const LANGUAGE_VERSIONS = ['4.0', '4.1', '4.2', '4.3'] as const;
export type LanguageVersion = (typeof LANGUAGE_VERSIONS)[number];

/**
 * What Verified Permissions takes for sure. It only says "Cedar 4", but its API has `datetime` and `duration`, which
 * came last. The embedded engine knows more, so without this line a policy could work here and be refused there.
 */
export const TARGET_VERSION: LanguageVersion = '4.3';

type Since<Name extends string> = Readonly<Partial<Record<Name, LanguageVersion>>>;

/** All others are as old as Cedar 4. */
const METHODS: Since<Method> = {
  getTag: '4.1',
  hasTag: '4.1',
  isEmpty: '4.2',
  offset: '4.3',
  durationSince: '4.3',
  toDate: '4.3',
  toTime: '4.3',
  toMilliseconds: '4.3',
  toSeconds: '4.3',
  toMinutes: '4.3',
  toHours: '4.3',
  toDays: '4.3',
};
const CONSTRUCTORS: Since<Constructor> = { datetime: '4.3', duration: '4.3' };
const ANNOTATION_WITHOUT_VALUE: LanguageVersion = '4.1';

/** A construct that a version of the language does not have. */
export interface Newer {
  /** As it is printed: `.isEmpty()`, `datetime(…)`. */
  readonly construct: string;
  readonly since: LanguageVersion;
  readonly at?: Site;
}

/** What of a policy, as it is printed, came after a version of the language. */
export function newerThan(version: LanguageVersion, { annotations, clauses, at }: Policy): Newer[] {
  const found = [
    ...Object.entries(annotations).flatMap(([name, value]): Newer[] =>
      value === '' ? [{ construct: `@${name} without a value`, since: ANNOTATION_WITHOUT_VALUE }] : [],
    ),
    ...clauses.flatMap(({ body }) => constructsIn(body)),
  ];
  return found
    .filter(({ since }) => LANGUAGE_VERSIONS.indexOf(since) > LANGUAGE_VERSIONS.indexOf(version))
    .map((newer) => ({ ...(at && { at }), ...newer }));
}

function constructsIn(expr: Expr): Newer[] {
  return [...constructOf(expr), ...parts(expr).flatMap(constructsIn)];
}

function constructOf(expr: Expr): Newer[] {
  const at = expr.at && { at: expr.at };
  if (expr.kind === 'call') {
    const since = METHODS[expr.method];
    return since ? [{ construct: `.${expr.method}()`, since, ...at }] : [];
  }
  if (expr.kind === 'construct') {
    const since = CONSTRUCTORS[expr.fn];
    return since ? [{ construct: `${expr.fn}(…)`, since, ...at }] : [];
  }
  return [];
}
