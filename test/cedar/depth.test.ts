import { expect } from 'chai';
import type { Expr } from '../../cedar/ast.ts';
import { MAX_DEPTH, depthOf, exprDepth } from '../../cedar/depth.ts';
import { preparePolicies } from '../../cedar/engine.ts';
import { printPolicy } from '../../cedar/print.ts';
import { codeOf } from './code-of.ts';
import { attribute, equal, lib, literal, not, policy, when } from './fixture.ts';

const options = { prefix: 'acme' };
const repeat = (count: number, wrap: (inner: Expr, i: number) => Expr, start: Expr): Expr =>
  Array.from({ length: count }).reduce<Expr>((inner, _, i) => wrap(inner, i), start);

const long = (value: number): Expr => literal(BigInt(value));
const isLevel = (value: number): Expr => equal(attribute('context', 'level'), long(value));
const plus = (count: number): Expr =>
  repeat(
    count,
    (left, i) => ({ kind: 'arithmetic', op: '+', left, right: long(i) }),
    attribute('context', 'level'),
  );

const decide = (body: Expr, level: number): string => {
  const text = printPolicy(policy({ clauses: [when(body)] }), options);
  return preparePolicies('depth', [{ id: 'p', text }]).authorize({
    principal: lib('Member', 'a'),
    action: lib('Action', 'read'),
    resource: lib('Doc', 'd'),
    context: { level },
    entities: [],
  }).decision;
};

describe('depth of a policy', () => {
  it('does not grow with the length of a chain, which the engine survives at any length', () => {
    const of = Array.from({ length: 600 }, (_, i) => isLevel(i));
    expect(exprDepth({ kind: 'or', of })).to.be.below(30);
    expect(decide({ kind: 'or', of }, 599)).to.equal('allow');
    expect(decide({ kind: 'or', of }, 600)).to.equal('deny');
    expect(decide({ kind: 'and', of: of.map(not) }, 600)).to.equal('allow');
  });

  it('does not grow with a chain that is the only operand of another', () => {
    const of = Array.from({ length: 600 }, (_, i) => isLevel(i));
    expect(exprDepth({ kind: 'and', of: [{ kind: 'or', of }] })).to.be.below(30);
    expect(decide({ kind: 'and', of: [{ kind: 'or', of }] }, 599)).to.equal('allow');
  });

  it('does not grow with a chain that was built one operand at a time', () => {
    const body = repeat(400, (inner, i) => ({ kind: 'or', of: [inner, isLevel(i)] }), isLevel(-1));
    expect(decide(body, 399)).to.equal('allow');
  });

  it('counts all clauses together, and prints many as one', () => {
    const clauses = Array.from({ length: 500 }, (_, i) => when(not(isLevel(i))));
    const given = policy({ clauses });
    expect(depthOf(given)).to.be.below(30);
    expect(printPolicy(given, options).match(/when/g)).to.have.lengthOf(1);
  });

  it('refuses what cannot be balanced and might overflow the stack of the engine', () => {
    const deep: Record<string, Expr> = {
      sum: equal(plus(400), long(1)),
      'else if': repeat(
        400,
        (no, i) => ({ kind: 'if', test: isLevel(i), yes: literal(true), no }),
        literal(false),
      ),
      not: repeat(400, not, isLevel(1)),
      set: {
        kind: 'call',
        method: 'isEmpty',
        of: repeat(400, (inner) => ({ kind: 'set', of: [inner] }), long(1)),
        with: [],
      },
    };
    for (const [name, body] of Object.entries(deep)) {
      expect(
        codeOf(() => printPolicy(policy({ clauses: [when(body)] }), options)),
        name,
      ).to.equal('POLICY_TOO_DEEP');
    }
  });

  it('accepts only what the engine evaluates', () => {
    const fits = (make: (count: number) => Expr): Expr => make(MAX_DEPTH - 4 - exprDepth(make(0)));
    const deepest = [
      fits((count) => equal(plus(count), long(1))),
      fits((count) => repeat(count, not, isLevel(1))),
      fits((count) =>
        repeat(count, (no, i) => ({ kind: 'if', test: isLevel(i), yes: literal(true), no }), isLevel(1)),
      ),
      fits((count) =>
        repeat(count, (no, i) => ({ kind: 'if', test: no, yes: isLevel(i), no: literal(true) }), isLevel(1)),
      ),
      fits((count) => ({
        kind: 'call',
        method: 'isEmpty',
        of: repeat(count, (inner) => ({ kind: 'set', of: [inner] }), long(1)),
        with: [],
      })),
    ];
    for (const body of deepest) expect(decide(body, 1)).to.be.oneOf(['allow', 'deny']);
  });
});
