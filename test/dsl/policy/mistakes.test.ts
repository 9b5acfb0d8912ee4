import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { op, shop } from '../../types/shop.ts';
import { codesOf, loose, originalPlace, problemsOf } from './reading.ts';

const { permit, entity, group, ip, record, set, value } = shop;
const order = permit().action(op.getOrder).id('x');
const user = permit().principalIs('User').action(op.putCustomerUser).id('x');

/** What the compiler would not let an operator of JavaScript have. */
const untyped = (value: unknown): unknown => value;

describe('operators of JavaScript in a condition', () => {
  it('are refused where they leave no expression', () => {
    expect(codesOf(order.when(({ resource }) => loose(!untyped(resource.total.gt(1)))))).to.deep.equal([
      'NOT_A_CONDITION',
    ]);
    expect(codesOf(order.when(({ resource }) => loose(untyped(resource.total) === 5)))).to.deep.equal([
      'NOT_A_CONDITION',
    ]);
    expect(codesOf(order.when(() => loose(undefined)))).to.deep.equal(['NOT_A_CONDITION']);
    expect(
      codesOf(order.when(loose(async ({ resource }: { resource: { total: unknown } }) => resource.total))),
    ).to.deep.equal(['NOT_A_CONDITION']);
    expect(codesOf(user.when(({ principal }) => principal.nick.has(() => loose(true))))).to.deep.equal([
      'NOT_A_CONDITION',
    ]);
    expect(
      codesOf(order.when(({ resource }) => resource.total.gt(1).and(loose(!untyped(resource.total.lt(5)))))),
    ).to.deep.equal(['NOT_A_CONDITION']);
  });

  it('are refused where they lose an expression', () => {
    const lost = [
      order.when(({ resource }) => loose(untyped(resource.total.gt(1)) && resource.total.lt(5))),
      order.when(({ resource }) =>
        untyped(resource.total.gt(1)) ? resource.total.lt(5) : resource.total.lt(9),
      ),
      order.when(({ resource }) => {
        resource.total.gt(1);
        return resource.total.lt(5);
      }),
      user.when(({ principal }) =>
        principal.nick.has((nick) => loose(untyped(nick.eq('x')) && nick.ne('y'))),
      ),
    ];
    for (const policy of lost) expect(codesOf(policy)).to.deep.equal(['LOST_EXPRESSION']);
  });

  it('are refused where they ask for a value', () => {
    const asked = [
      order.when(({ resource }) => loose(loose(resource.total) > 5)),
      order.when(({ resource }) => loose(untyped(resource.total) == 5)),
      order.when(({ resource }) => loose(Number(loose(resource.total)))),
      order.when(({ resource }) => loose('total' in resource)),
      user.when(({ principal }) => loose([...loose(principal.tags)])),
      order.when(({ resource }) => loose((loose(resource) as () => unknown)())),
    ];
    for (const policy of asked) expect(codesOf(policy)).to.deep.equal(['JAVASCRIPT_OPERATOR']);
  });

  it('do not stop a part from being used twice, or a test from ignoring its value', () => {
    expect(
      codesOf(
        order.when(({ resource }) => {
          const big = resource.total.gt(100);
          return big.and(big.not());
        }),
      ),
    ).to.deep.equal([]);
    expect(
      codesOf(user.when(({ principal }) => principal.nick.has(() => principal.age.gt(1)))),
    ).to.deep.equal([]);
    expect(
      codesOf(user.when(({ principal }) => principal.has('nick', () => principal.age.gt(1)))),
    ).to.deep.equal([]);
  });
});

describe('operands', () => {
  it('are whole numbers of 64 bits', () => {
    const gt = (value: unknown) => codesOf(order.when(({ resource }) => resource.total.gt(loose(value))));
    for (const bad of [1.5, NaN, Infinity, 2 ** 53, 2n ** 63n, -(2n ** 63n) - 1n])
      expect(gt(bad), String(bad)).to.deep.equal(['BAD_LONG']);
    for (const good of [0, -0, Number.MAX_SAFE_INTEGER, 2n ** 63n - 1n, -(2n ** 63n)])
      expect(gt(good), String(good)).to.deep.equal([]);
  });

  it('are values of the language', () => {
    for (const bad of [undefined, null, Symbol('x'), () => 1, new Date(0), new Map()]) {
      expect(codesOf(order.when(({ resource }) => resource.total.eq(loose(bad))))).to.deep.equal([
        'NOT_A_VALUE',
      ]);
    }
  });

  it('are no empty sets', () => {
    expect(codesOf(user.when(({ principal }) => principal.tags.containsAny(loose([]))))).to.deep.equal([
      'EMPTY_SET',
    ]);
    expect(codesOf(user.when(({ action }) => action.in(loose([]))))).to.deep.equal(['EMPTY_SET']);
    expect(
      codesOf(user.when(({ principal }) => set<string>(loose([])).contains(principal.department))),
    ).to.deep.equal(['EMPTY_SET']);
  });

  it('are names of the API', () => {
    const scoped = (one: unknown) => codesOf(permit().principal(loose(one)).id('x'));
    expect(scoped(entity(loose('Usr'), 'u'))).to.deep.equal(['UNKNOWN_ENTITY_TYPE']);
    expect(scoped(entity('User', ''))).to.deep.equal(['BAD_ENTITY_ID']);
    expect(scoped(group(loose('nobody')))).to.deep.equal(['UNKNOWN_GROUP']);
    expect(scoped(entity('Group', 'nobody'))).to.deep.equal(['UNKNOWN_GROUP']);
    expect(codesOf(order.when(({ principal }) => principal.is(loose('Usr'))))).to.deep.equal([
      'UNKNOWN_ENTITY_TYPE',
    ]);
    expect(codesOf(order.when(({ action }) => action.eq(loose('POST /ordr'))))).to.deep.equal([
      'UNKNOWN_ACTION',
    ]);
  });

  it('fit the operator', () => {
    expect(codesOf(user.when(({ context }) => context.ip.isInRange(ip(loose(5)))))).to.deep.equal([
      'BAD_OPERAND',
    ]);
    expect(codesOf(user.when(({ principal }) => principal.department.like('a\\b')))).to.deep.equal([
      'BAD_PATTERN',
    ]);
    expect(codesOf(user.when(({ principal }) => principal.department.like('a\\')))).to.deep.equal([
      'BAD_PATTERN',
    ]);
    expect(
      codesOf(
        user.when(({ principal }) =>
          (loose(principal.department.eq('x')) as { orElse(v: boolean): never }).orElse(true),
        ),
      ),
    ).to.deep.equal(['BAD_OPERAND']);
    expect(
      codesOf(order.when(({ resource }) => (loose(resource.total) as { gtt(v: number): never }).gtt(5))),
    ).to.deep.equal(['UNKNOWN_OPERATOR']);
  });
});

describe('what the compiler would have said', () => {
  const tagged = (key: unknown, test?: unknown) =>
    codesOf(order.when(({ resource }) => resource.tag(loose(key), loose(test))));

  it('of branches: no boolean of JavaScript, nothing missing', () => {
    const chosen = (yes: unknown, no: unknown) =>
      codesOf(user.when(({ principal }) => principal.age.gt(1).ifElse(loose(yes), loose(no))));
    expect(chosen(true, false)).to.deep.equal(['NOT_A_CONDITION']);
    expect(chosen(1, undefined)).to.deep.equal(['NOT_A_CONDITION']);
    expect(chosen('a', 'b')).to.deep.equal([]);
    expect(
      codesOf(
        user.when(({ principal }) =>
          principal.nick.ifPresent(() => loose(!untyped(principal.age)), loose(1)),
        ),
      ),
    ).to.deep.equal(['NOT_A_CONDITION']);
  });

  it('of tests: a function, and the name of an attribute', () => {
    expect(tagged('team')).to.deep.equal(['BAD_OPERAND']);
    expect(tagged('team', true)).to.deep.equal(['BAD_OPERAND']);
    expect(tagged(undefined, () => order)).to.deep.equal(['NOT_A_VALUE']);
    expect(codesOf(user.when(({ principal }) => loose(principal.ifHas(loose(5), () => 1, 0))))).to.deep.equal(
      ['BAD_OPERAND'],
    );
    expect(codesOf(user.when(({ principal }) => principal.attr(loose(undefined))))).to.deep.equal([
      'BAD_OPERAND',
    ]);
  });

  it('of literals and records', () => {
    const written = (make: () => unknown) => codesOf(order.when(() => loose(make())));
    expect(written(() => value<2>(loose(2 ** 53)).gt(1))).to.deep.equal(['BAD_LONG']);
    expect(written(() => value(loose(undefined)))).to.deep.equal(['NOT_A_VALUE']);
    expect(written(() => record<{ a: 1 }>(loose({ a: undefined })).eq({ a: 1 }))).to.deep.equal([
      'NOT_A_VALUE',
    ]);
    expect(written(() => record({ a: 1 }).eq(loose({ a: { b: [] } })))).to.deep.equal(['EMPTY_SET']);
  });

  it('of lists of actions and groups', () => {
    expect(codesOf(permit().actionIn(loose([])).id('x'))).to.deep.equal(['NO_ACTIONS']);
    expect(
      codesOf(
        permit()
          .actionIn(loose(['customer:read', 'nothing']))
          .id('x'),
      ),
    ).to.deep.equal(['UNKNOWN_ACTION']);
  });
});

describe('the place of a mistake', () => {
  it('is the call that made it', async () => {
    const source = (await readFile(new URL(import.meta.url), 'utf8')).split('\n');
    const placeOf = (call: string): string => {
      const line = source.findIndex((text) => text.includes(call));
      return `${line + 1}:${source[line]!.indexOf(call) + 1}`;
    };
    // Text that is not ASCII must not move a column.
    const policy = permit() // the policy
      .action(loose('ä'))
      .when(({ resource }) => /* ä */ resource.has(loose('owner'), () => loose(true)));
    const places = problemsOf(policy).map(({ code, site }) => [code, site && originalPlace(site)]);
    expect(places).to.deep.equal([
      ['UNKNOWN_ACTION', placeOf("action(loose('ä'))")],
      ['NOT_A_CONDITION', placeOf("has(loose('owner')")],
      ['NO_ID', placeOf('permit() // the policy')],
    ]);
  });
});
