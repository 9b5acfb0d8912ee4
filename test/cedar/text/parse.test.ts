import { expect } from 'chai';
import type { Expr } from '../../../cedar/ast.ts';
import { parseCedar } from '../../../cedar/text/policies.ts';
import { and, attribute, has, literal, variable } from '../fixture.ts';
import { bare } from './bare.ts';

const statement = (body: string): string => `permit(principal, action, resource) when { ${body} };`;
const bodyOf = (body: string): Expr | undefined => {
  const { policies, errors } = parseCedar(statement(body), 'p.cedar');
  if (errors[0]) throw errors[0];
  return policies[0] && bare(policies[0]).clauses[0]?.body;
};
const mistakes = (text: string): string[] =>
  parseCedar(text, 'p.cedar').errors.map(
    ({ code, site }) => `${site?.file}:${site?.line}:${site?.column} ${code}`,
  );

describe('the parser of Cedar', () => {
  it('reads integers exactly, at both ends of 64 bits', () => {
    for (const value of [9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 53n) - 1n, 0n]) {
      expect(bodyOf(`context.n == ${value}`)).to.deep.equal({
        kind: 'compare',
        op: '==',
        left: attribute('context', 'n'),
        right: literal(value),
      });
    }
  });

  it('reads chains of one operator as one chain, whatever the parentheses', () => {
    const flat = bodyOf('principal.a && principal.b && principal.c');
    expect(flat).to.deep.equal(and(...['a', 'b', 'c'].map((name) => attribute('principal', name))));
    expect(bodyOf('(principal.a && principal.b) && principal.c')).to.deep.equal(flat);
    expect(bodyOf('principal.a && (principal.b && principal.c)')).to.deep.equal(flat);
  });

  it('reads an extended has as the tests that it is short for', () => {
    const [x, xa, xab] = [
      variable('context'),
      attribute('context', 'a'),
      attribute(attribute('context', 'a'), 'b'),
    ];
    expect(bodyOf('context has a.b.c')).to.deep.equal(and(has(x, 'a'), has(xa, 'b'), has(xab, 'c')));
  });

  it('knows where everything was written', () => {
    const { policies } = parseCedar(
      '@a("x")\npermit(principal, action, resource)\n  when { 1 ==\n 2 };',
      'dir/p.cedar',
    );
    const [policy] = policies;
    const body = policy?.clauses[0]?.body;
    expect(policy?.at).to.deep.equal({ file: 'dir/p.cedar', line: 2, column: 1 });
    expect(policy?.clauses[0]?.at).to.deep.equal({ file: 'dir/p.cedar', line: 3, column: 3 });
    expect(body?.kind === 'compare' && body.right.at).to.deep.equal({
      file: 'dir/p.cedar',
      line: 4,
      column: 2,
    });
  });

  it('tells one mistake of each statement, at its place, with something to do about it', () => {
    const text = [
      'permit(principal, action, resource) when { principal.if };',
      'permit(principal, action, resource);',
      'forbid(principal, action) when { "\\q" == foo };',
      'permit(principal, action, resource) when { "a\\q" like "b" };',
      'permit(principal, action, resource) when { ip(context.ip).isIpv4() };',
      'forbid(principal, action, resource) when { principal == 9223372036854775808 };',
      'permit(principal, action, resource) when { "open };',
    ].join('\n');
    expect(mistakes(text)).to.deep.equal([
      'p.cedar:1:54 CEDAR_RESERVED_WORD',
      'p.cedar:3:25 CEDAR_SYNTAX',
      'p.cedar:4:46 CEDAR_BAD_ESCAPE',
      'p.cedar:5:44 CEDAR_NOT_LITERAL',
      'p.cedar:6:57 LONG_OUT_OF_RANGE',
      'p.cedar:7:44 CEDAR_SYNTAX',
    ]);
    for (const { remedy, message } of parseCedar(text, 'p.cedar').errors) {
      expect(remedy.length, message).to.be.greaterThan(5);
    }
  });

  it('numbers the policies by their place in the file, mistakes included', () => {
    const permit = 'permit(principal, action, resource);';
    const { policies } = parseCedar(`${permit} permit(); ${permit}`, 'p.cedar');
    expect(policies.map(({ id }) => id)).to.deep.equal(['policy0', 'policy2']);
  });

  it('shows nothing in an error that a terminal would obey', () => {
    const [error] = parseCedar('\u001b[2J\u202epermit', 'p.cedar').errors;
    expect(error?.message).to.match(/^[\x20-\x7e]+$/);
  });

  it('keeps comments beside the part that they speak of', () => {
    const text = `// file
// of two lines
@id("a") // the id
permit (
  principal, // anybody
  action == Action::"view",
  // anything
  resource
)
when {
  // open
  resource.open && // really
  principal.age > 17 // grown up
};
// the end`;
    const { policies, comments, spanOf } = parseCedar(text, 'p.cedar');
    const [policy] = policies;
    const body = policy?.clauses[0]?.body;
    const operands = body?.kind === 'and' ? body.of : [];
    const near = (part: object | undefined): string[] => {
      const span = part && spanOf(part);
      return comments.flatMap(({ token, text }) =>
        span && token >= span.first && token <= span.last ? [text.trim()] : [],
      );
    };
    expect(near(policy?.principal)).to.deep.equal(['anybody']);
    expect(near(policy?.resource)).to.deep.equal(['anything']);
    expect(near(operands[0])).to.deep.equal(['open', 'really']);
    expect(near(operands[1])).to.deep.equal(['grown up']);
    expect(near(policy)).to.have.lengthOf(comments.length - 1);
    expect(comments.at(-1)).to.deep.equal({ text: ' the end', line: 15, token: 30, apart: false });
  });

  it('refuses what nests too deep, in whatever way, and never runs out of stack', () => {
    const deep = (count: number): Readonly<Record<string, string>> => ({
      parentheses: `${'('.repeat(count)}true${')'.repeat(count)}`,
      sums: `1${' + 1'.repeat(count)} == 2`,
      attributes: `principal${'.a'.repeat(count)}`,
      has: `principal has a${'.a'.repeat(count)}`,
      calls: `context.t${'.toDate()'.repeat(count)} == context.t`,
      else: `${'if true then true else '.repeat(count)}true`,
      sets: `${'['.repeat(count)}1${']'.repeat(count)}.isEmpty()`,
      records: `${'{a: '.repeat(count)}1${'}'.repeat(count)} == {}`,
      nots: `${'!('.repeat(count)}true${')'.repeat(count)}`,
      and: `${'(true || true && '.repeat(count)}true${')'.repeat(count)}`,
    });
    for (const [name, body] of Object.entries(deep(20_000))) {
      expect(mistakes(statement(body))[0], name).to.match(/POLICY_TOO_DEEP$/);
    }
    for (const [name, body] of Object.entries(deep(60))) {
      expect(mistakes(statement(body)), name).to.deep.equal([]);
    }
    const scope = `permit(principal == ${'('.repeat(20_000)}A::"x"`;
    expect(mistakes(scope)[0]).to.match(/POLICY_TOO_DEEP$/);
  });

  it('reads chains of any length, and large texts in a moment', () => {
    expect(bodyOf(`true${' && true'.repeat(20_000)}`)).to.have.nested.property('of.length', 20_001);
    const many = parseCedar(
      `${statement('principal.a == "x\\u{41}" || context.b < 5')}\n`.repeat(5_000),
      'p.cedar',
    );
    expect(many.policies).to.have.lengthOf(5_000);
    expect(mistakes(`"${'a\\n'.repeat(200_000)}`)).to.have.lengthOf(1);
    expect(mistakes(statement(`1 == ${'9'.repeat(500_000)}`))).to.have.lengthOf(1);
  });
});
