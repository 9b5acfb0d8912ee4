import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Expr } from '../../cedar/ast.ts';
import { parsePolicy } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { printExpr, printPolicy } from '../../cedar/print.ts';
import { anyPolicy } from './arbitrary-ast.ts';
import { codeOf } from './code-of.ts';
import {
  and,
  attribute,
  equal,
  has,
  lib,
  literal,
  not,
  or,
  policy,
  unless,
  variable,
  when,
} from './fixture.ts';
import { normalPolicy } from './normal.ts';

const options = { prefix: 'acme' };
const print = (expr: Expr): string => printExpr(expr, options);
const long = (value: bigint): Expr => literal(value);

const parsed = (text: string): unknown => {
  const result = parsePolicy(text);
  if (!result.ok) throw new Error(`${JSON.stringify(result.errors)}\n${text}`);
  return result.json;
};

describe('printPolicy', () => {
  it('puts the scope on lines of its own and each clause in its own block', () => {
    const text = printPolicy(
      policy({
        annotations: { reason: 'staff "only"' },
        principal: { kind: 'in', entity: { ...lib('Group', 'STAFF'), owned: true } },
        action: { kind: 'in', actions: [lib('Action', 'GET /docs/{id}'), lib('Action', 'read')] },
        resource: { kind: 'is in', type: 'Lib::Doc', entity: lib('Folder', 'f') },
        clauses: [
          when(equal(attribute('principal', 'role'), literal('EDITOR'))),
          unless(attribute('principal', 'suspended')),
        ],
      }),
      options,
    );
    expect(text).to.equal(`@reason("staff \\"only\\"")
permit (
  principal in Lib::Group::"acme|STAFF",
  action in [Lib::Action::"GET /docs/{id}", Lib::Action::"read"],
  resource is Lib::Doc in Lib::Folder::"f"
)
when { principal.role == "EDITOR" }
unless { principal.suspended };`);
  });

  it('prints slots as the engine names them', () => {
    const text = printPolicy(
      policy({
        principal: { kind: '==', entity: { slot: 'principal' } },
        resource: { kind: 'in', entity: { slot: 'resource' } },
      }),
      options,
    );
    expect(text).to.contain('principal == ?principal').and.to.contain('resource in ?resource');
  });

  it('prefixes owned ids wherever they stand, and no others', () => {
    const owned: Expr = { kind: 'entity', entity: { ...lib('Member', 'a'), owned: true } };
    expect(print({ kind: 'set', of: [owned, { kind: 'entity', entity: lib('Doc', 'a') }] })).to.equal(
      '[Lib::Member::"acme|a", Lib::Doc::"a"]',
    );
  });

  it('breaks a body that is too long into one operand a line', () => {
    const role = equal(attribute('principal', 'role'), literal('x'.repeat(60)));
    expect(printPolicy(policy({ clauses: [when(and(role, or(role, role)))] }), options)).to.contain(
      `when {\n  ${print(role)} &&\n  (${print(role)} || ${print(role)})\n};`,
    );
  });

  it('reads back as the same policy, whatever the policy says', () => {
    fc.assert(
      fc.property(anyPolicy, (given) => {
        const read = policyFromJson(parsed(printPolicy(given, options)), given.id);
        expect(normalPolicy(read)).to.deep.equal(normalPolicy(given));
      }),
      { numRuns: 250 },
    );
  });

  it('gives the same text for the policy that its text is', () => {
    fc.assert(
      fc.property(anyPolicy, (given) => {
        const text = printPolicy(normalPolicy(given), options);
        const read = normalPolicy(policyFromJson(parsed(text), given.id));
        expect(printPolicy(read, options)).to.equal(text);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses type names, annotation names and texts that would not be themselves in Cedar', () => {
    const bad = [
      policy({ principal: { kind: 'is', type: 'User, action, resource); //' } }),
      policy({ annotations: { 'a b': '' } }),
      policy({ clauses: [when(equal(literal('\ud800'), literal('')))] }),
    ];
    expect(bad.map((each) => codeOf(() => printPolicy(each, options)))).to.deep.equal([
      'TYPE_NAME_INVALID',
      'ANNOTATION_NAME_INVALID',
      'TEXT_NOT_UNICODE',
    ]);
  });
});

describe('printExpr', () => {
  it('keeps every Long exact, to both ends of 64 bits', () => {
    const values = [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n];
    expect(values.map((value) => print(long(value)))).to.deep.equal(values.map(String));
    for (const value of values) parsed(`permit(principal, action, resource) when { 1 == ${value} };`);
    expect(codeOf(() => print(long(2n ** 63n)))).to.equal('LONG_OUT_OF_RANGE');
    expect(codeOf(() => print(long(-(2n ** 63n) - 1n)))).to.equal('LONG_OUT_OF_RANGE');
  });

  it('says where a number that is no Long was written', () => {
    const site = { file: 'a.ts', line: 3, column: 7 };
    const tooLarge: Expr = { kind: 'literal', value: 2n ** 64n, at: site };
    expect(() => print(and(equal(tooLarge, long(1n)), literal(true))))
      .to.throw(PolicyError)
      .with.property('site', site);
  });

  it('tells a negated number from a negative one', () => {
    expect(print({ kind: 'negate', of: long(5n) })).to.equal('-(5)');
    expect(print({ kind: 'negate', of: long(-5n) })).to.equal('-(-5)');
    expect(print({ kind: 'arithmetic', op: '-', left: long(1n), right: long(-5n) })).to.equal('1 - -5');
  });

  it('keeps the grouping of operators that are not associative', () => {
    const minus = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', op: '-', left, right });
    expect(print(minus(long(1n), minus(long(2n), long(3n))))).to.equal('1 - (2 - 3)');
    expect(print(minus(minus(long(1n), long(2n)), long(3n)))).to.equal('1 - 2 - 3');
  });

  it('quotes names that are no identifiers', () => {
    expect(print(attribute('context', 'in'))).to.equal('context["in"]');
    expect(print(has('context', 'two words'))).to.equal('context has "two words"');
    expect(print({ kind: 'record', entries: [['a', literal(true)]] })).to.equal('{"a": true}');
  });

  it('escapes what is invisible or turns text around, and stars that are meant', () => {
    expect(print(literal('a\u202eb\u00a0\0"\\'))).to.equal('"a\\u{202e}b\\u{a0}\\0\\"\\\\"');
    expect(
      print({ kind: 'like', of: variable('context'), pattern: [{ text: 'a*' }, 'wildcard', { text: '"' }] }),
    ).to.equal('context like "a\\**\\""');
  });

  it('puts parentheses around what negation would otherwise split', () => {
    expect(print(not(equal(long(1n), long(2n))))).to.equal('!(1 == 2)');
    expect(print(not(attribute('principal', 'suspended')))).to.equal('!principal.suspended');
  });
});
