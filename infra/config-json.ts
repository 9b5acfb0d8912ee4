import { isObject } from '../authz/item-shape.ts';
import { TIER } from '../dsl/tenants/service.ts';
import type { Parse, Parsed } from './config-values.ts';

/** How fast requests may come: API Gateway's token bucket. */
export interface Throttle {
  /** Requests a second, in the long run. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** Readers of configuration values that are JSON, which is also how Pulumi hands over nested YAML. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** A list without repetition, at least one of `allowed`. */
export const listOf =
  <T extends string>(...allowed: readonly T[]): Parse<readonly T[]> =>
  (text) => {
    const given = parsed(text);
    const found = Array.isArray(given) ? allowed.filter((one) => given.includes(one)) : [];
    return Array.isArray(given) && found.length > 0 && found.length === given.length
      ? { value: found }
      : { wrong: `is not a list of ${allowed.join(', ')}, each at most once` };
  };

export const throttle: Parse<Throttle> = (text) => readThrottle(parsed(text));

/** The name of the plan that stands for every tier without one of its own: each gets one like it. */
export const ANY_TIER = '*';

/** By name. `default` is the one of whoever has no other. */
export const throttles: Parse<Readonly<Record<string, Throttle>>> = (text) => {
  const given = parsed(text);
  if (!isObject(given) || !('default' in given))
    return { wrong: 'is not an object with a plan named default' };
  const plans: Record<string, Throttle> = {};
  for (const [name, plan] of Object.entries(given)) {
    if (name !== ANY_TIER && !TIER.test(name))
      return { wrong: `names a plan ${name}: only lower-case letters, digits and - are taken` };
    const read = readThrottle(plan);
    if (!('value' in read)) return { wrong: `has a plan ${name} that ${read.wrong}` };
    plans[name] = read.value;
  }
  return { value: plans };
};

/** Origins as browsers send them: scheme, host and port. Not `*`, which would let any page use a token that it has. */
export const origins: Parse<readonly string[]> = (text) => {
  const given = parsed(text);
  const isOrigin = (one: unknown): one is string =>
    typeof one === 'string' && URL.canParse(one) && new URL(one).origin === one && /^https?:/.test(one);
  return Array.isArray(given) && given.every(isOrigin)
    ? { value: given }
    : { wrong: 'is not a list of origins such as https://app.example.com' };
};

function readThrottle(given: unknown): Parsed<Throttle> {
  const wrong = { wrong: 'is not an object with rate and burst, both whole numbers above 0' };
  if (!isObject(given)) return wrong;
  const { rate, burst, ...rest } = given;
  return isPositive(rate) && isPositive(burst) && Object.keys(rest).length === 0
    ? { value: { rate, burst } }
    : wrong;
}

const isPositive = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
