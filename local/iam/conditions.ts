import { isJson } from '../aws/input.ts';
import { UnsupportedPolicy } from './unsupported-policy.ts';
import { matchesArn, matchesPattern } from './wildcard.ts';

/**
 * Facts about a request by condition key. A key that stands here as undefined is known to be absent; a key that does
 * not stand here is one that the evaluator cannot judge.
 */
export type RequestContext = Readonly<Record<string, string | undefined>>;

export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
  readonly operator: Operator;
}

interface Operator {
  readonly matches: (value: string, actual: string) => boolean;
  /** True when no value matches, and when the key is absent (IAM User Guide, "negated matching condition operators"). */
  readonly negated: boolean;
}

const equal = (value: string, actual: string): boolean => value === actual;

/** ArnEquals behaves as ArnLike does (IAM User Guide, "Amazon Resource Name (ARN) condition operators"). */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matches: equal, negated: false },
  StringNotEquals: { matches: equal, negated: true },
  StringLike: { matches: matchesPattern, negated: false },
  StringNotLike: { matches: matchesPattern, negated: true },
  ArnEquals: { matches: matchesArn, negated: false },
  ArnLike: { matches: matchesArn, negated: false },
  ArnNotEquals: { matches: matchesArn, negated: true },
  ArnNotLike: { matches: matchesArn, negated: true },
};

/** @throws UnsupportedPolicy for an operator or a value that is not known here */
export function readConditions(element: unknown): Condition[] {
  return entries(element).flatMap(([name, keys]) => {
    const operator = OPERATORS[name];
    if (!operator) throw new UnsupportedPolicy(`the condition operator ${name} is not supported`);
    return entries(keys).map(([key, value]) => ({
      key,
      operator,
      values: readValues(value),
    }));
  });
}

/** @throws UnsupportedPolicy for a condition key that the context does not speak of */
export function holds({ key, values, operator }: Condition, context: RequestContext): boolean {
  // Condition keys are not case-sensitive (IAM User Guide, "IAM JSON policy elements: Condition").
  const known = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase());
  if (known === undefined) throw new UnsupportedPolicy(`the condition key ${key} is not supported`);
  const actual = context[known];
  if (actual === undefined) return operator.negated;
  return values.some((value) => operator.matches(value, actual)) !== operator.negated;
}

function readValues(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => {
    if (typeof one !== 'string') throw new UnsupportedPolicy('a condition value is not a string');
    if (one.includes('${')) throw new UnsupportedPolicy('policy variables are not supported');
    return one;
  });
}

function entries(element: unknown): [string, unknown][] {
  if (!isJson(element)) throw new UnsupportedPolicy('the element Condition is malformed');
  return Object.entries(element);
}
