import { expect } from 'chai';
import * as fc from 'fast-check';
import { parsePolicy } from '../../../cedar/engine.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { policyOf } from '../../../dsl/policy/policy-of.ts';
import type { Bool, Clauses, Long, SetOf, Str } from '../../../dsl/policy/types.ts';
import { shop } from '../../types/shop.ts';
import type { Schema } from '../../types/schema.ts';

const { permit, forbid, entity, actionEntity, set } = shop;
const start = () => permit().principalIs('User').action('PUT /customer/user/{id}');
type Condition = Parameters<ReturnType<typeof start>['when']>[0];
type Scope = Parameters<Condition>[0];
/** A piece of a condition, written when the condition runs. */
type Piece<E> = (scope: Scope) => E;

const longs = fc.bigInt(-(2n ** 53n) + 1n, 2n ** 53n - 1n);
const texts = fc.string({ unit: 'grapheme', maxLength: 6 });
const chars = fc.constantFrom('a', '*', '\\*', '\\\\', '"', 'ä', '\n');

const { bool } = fc.letrec<{
  bool: Piece<Bool>;
  long: Piece<Long>;
  str: Piece<Str>;
  list: Piece<SetOf<Str>>;
}>((tie) => ({
  long: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Piece<Long>>(
      ({ principal }) => principal.age,
      ({ resource }) => resource.offset,
      ({ resource }) => resource.owner.manager.age,
    ),
    fc.tuple(tie('long'), tie('long')).map(
      ([a, b]): Piece<Long> =>
        (s) =>
          a(s).plus(b(s)),
    ),
    fc.tuple(tie('long'), tie('long')).map(
      ([a, b]): Piece<Long> =>
        (s) =>
          a(s).minus(b(s)),
    ),
    fc.tuple(tie('long'), longs).map(
      ([a, b]): Piece<Long> =>
        (s) =>
          a(s).times(b),
    ),
    tie('long').map(
      (a): Piece<Long> =>
        (s) =>
          a(s).negate(),
    ),
    fc.tuple(tie('bool'), tie('long'), tie('long')).map(
      ([c, a, b]): Piece<Long> =>
        (s) =>
          c(s).ifElse(a(s), b(s)),
    ),
  ),
  str: fc.constantFrom<Piece<Str>>(
    ({ principal }) => principal.department,
    ({ principal }) => principal.addr.city,
    ({ resource }) => resource.attr('in'),
    ({ principal }) => principal.nick.orElse('x'),
  ),
  list: fc.oneof(
    fc.constant<Piece<SetOf<Str>>>(({ principal }) => principal.tags),
    fc.array(texts, { minLength: 1, maxLength: 3 }).map(
      ([first = '', ...rest]): Piece<SetOf<Str>> =>
        () =>
          set([first, ...rest]),
    ),
  ),
  bool: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Piece<Bool>>(
      ({ resource }) => resource.public,
      ({ principal, resource }) => resource.owner.eq(principal),
      ({ resource }) => resource.in([entity('Folder', 'f'), entity('Folder', 'g')]),
      ({ action }) => action.in(['customer:read', 'customer:write']),
      ({ action }) => actionEntity('POST /order').eq(action),
      ({ action }) => set([action, actionEntity('POST /order')]).contains(actionEntity('customer:read')),
      ({ action, resource }) =>
        resource.public.ifElse(action, actionEntity('POST /order')).isIn('Action', [action]),
      ({ principal }) => principal.is('User'),
      ({ principal }) => principal.isIn('User', shop.group('admins')),
      ({ principal }) => principal.house.has((house) => house.zip.has((zip) => zip.like('1*'))),
      ({ resource }) => resource.in(resource.owner.folders),
      ({ principal }) => shop.entity('Folder', 'f').hasTag(principal.department),
    ),
    fc.tuple(tie('long'), longs).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          shop.record({ a: a(s), b: 'x' }).ne({ a: b, b: s.principal.department }),
    ),
    fc.tuple(tie('bool'), tie('bool')).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          s.principal.nick.ifPresent((nick) => nick.eq('x').or(a(s)), b(s)),
    ),
    fc.tuple(texts, tie('long')).map(
      ([key, a]): Piece<Bool> =>
        (s) =>
          shop.entity('Folder', 'f').tag(key, (level) => level.gt(a(s))),
    ),
    fc.tuple(tie('long'), longs).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).lt(b),
    ),
    fc.tuple(tie('long'), tie('long')).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).ne(b(s)),
    ),
    fc.tuple(tie('str'), texts).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).eq(b),
    ),
    fc.tuple(tie('str'), fc.array(chars, { maxLength: 5 })).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).like(b.join('')),
    ),
    fc.tuple(tie('list'), texts).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).contains(b),
    ),
    fc.tuple(tie('list'), tie('list')).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).containsAny(b(s)),
    ),
    tie('bool').map(
      (a): Piece<Bool> =>
        (s) =>
          a(s).not(),
    ),
    tie('bool').map(
      (a): Piece<Bool> =>
        (s) =>
          s.principal.nick.has((nick) => nick.eq('x').or(a(s))),
    ),
    fc.tuple(tie('bool'), tie('bool'), tie('bool')).map(
      ([a, b, c]): Piece<Bool> =>
        (s) =>
          a(s).and(b(s), c(s)),
    ),
    fc.tuple(tie('bool'), tie('bool')).map(
      ([a, b]): Piece<Bool> =>
        (s) =>
          a(s).or(b(s)),
    ),
  ),
}));

const policies = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(fc.boolean(), bool), { maxLength: 3 }), fc.option(texts))
  .map(([allows, clauses, note]) => {
    const opened = (allows ? permit() : forbid()).principalIs('User').action('PUT /customer/user/{id}');
    type Written = Clauses<Schema, 'User', 'Customer', 'WriteContext', never>;
    const written = clauses.reduce<Written>(
      (policy, [positive, piece]) => (positive ? policy.when(piece) : policy.unless(piece)),
      opened,
    );
    return (note === null ? written : written.annotate('note', note)).id('x');
  });

/** The same policy without places, with chains of `&&` and `||` in one piece and with ids as they are printed. */
function comparable(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(comparable);
  if (typeof part !== 'object' || part === null) return part;
  const fields: Map<string, unknown> = new Map(
    Object.entries(part).map(([name, value]) => [name, comparable(value)]),
  );
  fields.delete('at');
  if (fields.delete('owned')) fields.set('id', `acme|${String(fields.get('id'))}`);
  const kind = fields.get('kind');
  if (kind === 'and' || kind === 'or') fields.set('of', flattened(kind, fields.get('of')));
  if (kind === 'like') fields.set('pattern', merged(fields.get('pattern')));
  return Object.fromEntries(fields);
}

/** Operands of the same kind give way to their own operands. */
const flattened = (kind: string, operands: unknown): unknown[] =>
  listOf(operands).flatMap((operand) =>
    isObject(operand) && operand['kind'] === kind ? listOf(operand['of']) : [operand],
  );

/** Cedar's JSON form of a pattern has a part for each character. */
const merged = (pattern: unknown): unknown[] =>
  listOf(pattern).reduce<unknown[]>((parts, part) => {
    const last = parts.at(-1);
    return isObject(part) && isObject(last)
      ? [...parts.slice(0, -1), { text: `${String(last['text'])}${String(part['text'])}` }]
      : [...parts, part];
  }, []);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

describe('a policy', () => {
  it('comes back from its Cedar text as it was built', () => {
    fc.assert(
      fc.property(policies, (builder) => {
        const policy = policyOf(builder);
        const parsed = parsePolicy(printPolicy(policy, { prefix: 'acme' }));
        if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join('; '));
        expect(comparable(policyFromJson(parsed.json, 'x'))).to.deep.equal(comparable(policy));
      }),
      { numRuns: 200 },
    );
  });
});
