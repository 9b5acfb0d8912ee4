import * as fc from 'fast-check';

/** Conditions of every kind: always, sometimes, and those that err for some requests (Longs end at 2^63). */
const CONDITIONS = [
  '',
  ' when { context.n > 0 }',
  ' when { context.n < 2 }',
  ' unless { context.n == 1 }',
  ' when { context.n * 4611686018427387 * 4611686018427387 == 0 }',
  ' when { (context.n - 2) * 4611686018427387 * 4611686018427387 == 0 }',
];

const statement = fc
  .tuple(
    fc.constantFrom('permit', 'forbid'),
    fc.constantFrom('principal', 'principal in Library::Group::"A"', 'principal in Library::Group::"B"'),
    fc.constantFrom('action', 'action == Library::Action::"read"', 'action == Library::Action::"write"'),
    fc.constantFrom(...CONDITIONS),
  )
  .map(
    ([effect, principal, action, condition]) => `${effect} (${principal}, ${action}, resource)${condition};`,
  );

/** Policies of a release by id. Few ids, so that two releases have some in common. */
export type Policies = Readonly<Record<string, string>>;

export const policies: fc.Arbitrary<Policies> = fc.dictionary(
  fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
  statement,
  { maxKeys: 5, noNullPrototype: true },
);
