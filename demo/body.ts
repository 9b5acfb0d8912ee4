import { RequestProblem } from '../authz/backend/index.ts';

/** Says whether a value is acceptable, in the words of the API document. */
export type Check = { readonly what: string; readonly accepts: (value: unknown) => boolean };

const matching = (pattern: RegExp, what: string): Check => ({
  what,
  accepts: (value) => typeof value === 'string' && pattern.test(value),
});

export const checks = {
  id: matching(/^[A-Za-z0-9_-]{1,64}$/, 'an id'),
  name: matching(/^\P{Cc}{1,200}$/u, 'a text of 1 to 200 characters'),
  shortName: matching(/^\P{Cc}{1,140}$/u, 'a text of 1 to 140 characters'),
  reason: matching(/^\P{Cc}{3,200}$/u, 'a text of 3 to 200 characters'),
  email: matching(/^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u, 'an e-mail address'),
  country: matching(/^[A-Z]{2}$/, 'an ISO 3166 code'),
  currency: matching(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  iban: matching(/^[A-Z0-9]{15,34}$/, 'an IBAN'),
  reference: matching(/^\P{Cc}{0,140}$/u, 'a text of at most 140 characters'),
  dateTime: {
    what: 'a date and time',
    // RFC 3339, which says more than Date.parse: that takes '1' for a date too.
    accepts: (value) =>
      typeof value === 'string' &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
      !Number.isNaN(Date.parse(value)),
  },
  amount: {
    what: 'a positive whole number of minor units',
    accepts: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  },
  flag: { what: 'true or false', accepts: (value) => typeof value === 'boolean' },
  texts: {
    what: 'a list of texts',
    accepts: (value) =>
      Array.isArray(value) && value.every((entry) => typeof entry === 'string' && !/\p{Cc}/u.test(entry)),
  },
} as const satisfies Record<string, Check>;

export const oneOf = (...values: readonly string[]): Check => ({
  what: `one of ${values.join(', ')}`,
  accepts: (value) => typeof value === 'string' && values.includes(value),
});

type Fields = Readonly<Record<string, Check>>;

/**
 * Reads an object of exactly these properties.
 * @throws RequestProblem 400 naming the property
 */
export function readBody(body: unknown, required: Fields, optional: Fields = {}): Record<string, unknown> {
  if (!isObject(body)) throw new RequestProblem(400, 'the body is not an object');
  for (const name of Object.keys(required)) {
    if (!Object.hasOwn(body, name)) throw new RequestProblem(400, `'${name}' is missing`);
  }
  for (const [name, value] of Object.entries(body)) {
    const check = Object.hasOwn(required, name)
      ? required[name]
      : Object.hasOwn(optional, name)
        ? optional[name]
        : undefined;
    if (!check) throw new RequestProblem(400, `'${name}' is not a property of this request`);
    if (!check.accepts(value)) throw new RequestProblem(400, `'${name}' is not ${check.what}`);
  }
  return { ...body };
}

/** An id somewhere in a body that nobody has checked yet. */
export function idIn(body: unknown, property: string): string | undefined {
  const value = isObject(body) && Object.hasOwn(body, property) ? body[property] : undefined;
  return typeof value === 'string' && checks.id.accepts(value) ? value : undefined;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
