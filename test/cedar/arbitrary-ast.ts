import * as fc from 'fast-check';
import type { ActionScope, EntityLiteral, EntityScope, Expr, PatternPart, Policy } from '../../cedar/ast.ts';
import { ARITHMETIC, COMPARISONS, METHODS, VARIABLES } from '../../cedar/words.ts';

/** Policies that need not make sense, only parse: whatever the AST can say. */

// No half surrogates: they have no UTF-8 form, and the printer refuses them.
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '',
    '"',
    '\\',
    'a\nb',
    '*',
    '\\*',
    '\0',
    '\u202e',
    'é😀',
    '"; forbid(principal, action, resource);//',
    '${x}',
  ),
);
const typeName = fc.constantFrom('User', 'Lib::Doc', 'A::B::C_1', '_x');
const name = fc.oneof(
  fc.constantFrom('a', 'in', 'true', 'principal', '_1', 'has', 'if', '', 'two words'),
  text,
);

const entity: fc.Arbitrary<EntityLiteral> = fc.record({ type: typeName, id: text });
const pattern: fc.Arbitrary<PatternPart[]> = fc
  .array(fc.oneof(fc.constant('wildcard' as const), text), { maxLength: 4 })
  // Neighbouring texts are one text once they are printed, and an empty one is none.
  .map((parts) =>
    parts.reduce<PatternPart[]>((kept, part) => {
      const last = kept.at(-1);
      if (part === 'wildcard') return [...kept, part];
      if (part === '' || (last && last !== 'wildcard')) return kept;
      return [...kept, { text: part }];
    }, []),
  );

// Integers that Cedar's JSON form carries exactly; the others have a test of their own.
const long = fc.oneof(
  fc.integer().map(BigInt),
  fc.constantFrom(0n, -1n, BigInt(Number.MAX_SAFE_INTEGER), BigInt(Number.MIN_SAFE_INTEGER)),
);

const binaryMethods = ['contains', 'containsAll', 'containsAny', 'getTag', 'hasTag'];

export const expr: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => {
  const inner = tie('expr');
  return {
    expr: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.record({ kind: fc.constant('literal' as const), value: fc.oneof(fc.boolean(), long, text) }),
      fc.record({ kind: fc.constant('variable' as const), name: fc.constantFrom(...VARIABLES) }),
      fc.record({ kind: fc.constant('entity' as const), entity }),
      fc.constantFrom<Expr>(
        { kind: 'construct', fn: 'ip', text: '10.0.0.0/8' },
        { kind: 'construct', fn: 'decimal', text: '1.5' },
        { kind: 'construct', fn: 'datetime', text: '2024-01-01' },
        { kind: 'construct', fn: 'duration', text: '1h' },
      ),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(inner, { minLength: 1, maxLength: 12 }),
      }),
      fc.record({ kind: fc.constantFrom('not' as const, 'negate' as const), of: inner }),
      fc.record({
        kind: fc.constant('compare' as const),
        op: fc.constantFrom(...COMPARISONS),
        left: inner,
        right: inner,
      }),
      fc.record({
        kind: fc.constant('arithmetic' as const),
        op: fc.constantFrom(...ARITHMETIC),
        left: inner,
        right: inner,
      }),
      fc.record({ kind: fc.constant('in' as const), left: inner, right: inner }),
      fc.record({ kind: fc.constant('is' as const), of: inner, type: typeName }),
      fc.record({ kind: fc.constant('is' as const), of: inner, type: typeName, in: inner }),
      fc.record({ kind: fc.constantFrom('has' as const, 'attribute' as const), of: inner, name }),
      fc.record({ kind: fc.constant('like' as const), of: inner, pattern }),
      fc.record({ kind: fc.constant('if' as const), test: inner, yes: inner, no: inner }),
      fc.record({ kind: fc.constant('set' as const), of: fc.array(inner, { maxLength: 4 }) }),
      fc.record({
        kind: fc.constant('record' as const),
        entries: fc.uniqueArray(fc.tuple(name, inner), { selector: ([key]) => key, maxLength: 3 }),
      }),
      fc.tuple(fc.constantFrom(...METHODS), inner, inner).map(([method, of, argument]): Expr => {
        const takesOne =
          binaryMethods.includes(method) || /^(isInRange|less|greater|offset|durationSince)/.test(method);
        return { kind: 'call', method, of, with: takesOne ? [argument] : [] };
      }),
    ),
  };
}).expr;

const target = (slot: 'principal' | 'resource'): fc.Arbitrary<EntityLiteral | { slot: typeof slot }> =>
  fc.oneof({ arbitrary: entity, weight: 4 }, { arbitrary: fc.constant({ slot }), weight: 1 });

const scope = (slot: 'principal' | 'resource'): fc.Arbitrary<EntityScope> =>
  fc.oneof(
    fc.constant<EntityScope>({ kind: 'any' }),
    fc.record({ kind: fc.constantFrom('==' as const, 'in' as const), entity: target(slot) }),
    fc.record({ kind: fc.constant('is' as const), type: typeName }),
    fc.record({ kind: fc.constant('is in' as const), type: typeName, entity: target(slot) }),
  );

const action = text.map((id) => ({ type: 'Lib::Action', id }));

const actionScope: fc.Arbitrary<ActionScope> = fc.oneof(
  fc.constant<ActionScope>({ kind: 'any' }),
  fc.record({ kind: fc.constant('==' as const), action }),
  fc.record({ kind: fc.constant('in' as const), actions: fc.array(action, { minLength: 1, maxLength: 3 }) }),
);

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  id: fc.constant('p'),
  effect: fc.constantFrom('permit' as const, 'forbid' as const),
  principal: scope('principal'),
  action: actionScope,
  resource: scope('resource'),
  clauses: fc.array(fc.record({ kind: fc.constantFrom('when' as const, 'unless' as const), body: expr }), {
    maxLength: 3,
  }),
  annotations: fc.dictionary(fc.constantFrom('reason', 'if', 'owner_1'), text, { noNullPrototype: true }),
});
