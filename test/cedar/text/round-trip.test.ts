import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Policy } from '../../../cedar/ast.ts';
import { preparePolicies } from '../../../cedar/engine.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { parseCedar } from '../../../cedar/text/policies.ts';
import { anyPolicy } from '../arbitrary-ast.ts';
import { validPolicy } from '../arbitrary-policy.ts';
import { anyRequest } from '../arbitrary-request.ts';
import { literal, policy, when } from '../fixture.ts';
import { normalPolicy } from '../normal.ts';
import { bare } from './bare.ts';

const print = (given: Policy): string => printPolicy(given, { prefix: '' });

function parsed(text: string): Policy {
  const { policies, errors } = parseCedar(text, 'p.cedar');
  if (errors[0]) throw errors[0];
  const [only] = policies;
  if (!only || policies.length > 1) throw new Error(`${policies.length} policies`);
  return bare({ ...only, id: 'p' });
}

/** Annotations are printed by name; their order means nothing. */
const printable = fc.oneof(anyPolicy, validPolicy);

describe('a policy that is printed and parsed', () => {
  it('is the same policy', () => {
    fc.assert(
      fc.property(printable, (given) => {
        expect(normalPolicy(parsed(print(given)))).to.deep.equal(normalPolicy(given));
      }),
      { numRuns: 140 },
    );
  });

  it('prints as before, byte for byte', () => {
    fc.assert(
      fc.property(printable, (given) => {
        const text = print(given);
        expect(print(parsed(text))).to.equal(text);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps every integer of 64 bits, every text and every pattern', () => {
    const long = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
    const ends = fc.constantFrom(
      -(2n ** 63n),
      -(2n ** 63n) + 1n,
      2n ** 63n - 1n,
      2n ** 53n + 1n,
      -(2n ** 53n) - 1n,
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom('"', '\\', '*', '\n', '\r', '\0', '\u0085', '\u2028', '\ufeff', '😀', 'u{41}'),
        maxLength: 6,
      }),
    );
    const of = fc.oneof(long, ends, text).map(literal);
    const like = fc.array(fc.oneof(fc.constant('*'), text), { maxLength: 4 });
    fc.assert(
      fc.property(of, like, (value, pieces) => {
        const pattern = pieces.flatMap((piece) =>
          piece === '*' ? ['wildcard' as const] : piece === '' ? [] : ['wildcard' as const, { text: piece }],
        );
        const given = policy({
          clauses: [
            when({ kind: 'set', of: [value, { kind: 'negate', of: value }] }),
            when({ kind: 'like', of: value, pattern }),
            when({ kind: 'record', entries: [[String(pieces), value]] }),
          ],
        });
        expect(parsed(print(given))).to.deep.equal(given);
      }),
      { numRuns: 170 },
    );
  });

  it('decides as before, with the same errors', () => {
    const set = (texts: readonly string[]): readonly { id: string; text: string }[] =>
      texts.map((text, i) => ({ id: `p-${i}`, text }));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(validPolicy, anyPolicy.filter(isStatic)), { minLength: 1, maxLength: 3 }),
        fc.array(anyRequest, { minLength: 1, maxLength: 4 }),
        (policies, requests) => {
          const before = preparePolicies('text-before', set(policies.map(print)));
          const after = preparePolicies('text-after', set(policies.map((it) => print(parsed(print(it))))));
          for (const request of requests) {
            expect(after.authorize(request)).to.deep.equal(before.authorize(request));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

/** Without slots. */
function isStatic({ principal, resource }: Policy): boolean {
  return ![principal, resource].some((scope) => 'entity' in scope && 'slot' in scope.entity);
}

describe('what is printed, whatever its size', () => {
  const chain = (size: number, link: (before: string, i: number) => string, start: string): string => {
    let body = start;
    for (let i = 0; i < size; i += 1) body = link(body, i);
    return body;
  };
  const level = 'context.level';
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    '&&': (size) => `when { ${Array.from({ length: size }, (_, i) => `${level} != ${i}`).join(' && ')} }`,
    '||': (size) => `when { ${Array.from({ length: size }, (_, i) => `${level} == ${i}`).join(' || ')} }`,
    '&& of ||': (size) =>
      `when { ${Array.from({ length: size }, (_, i) => `(${level} == ${i} || ${level} != ${i})`).join(' && ')} }`,
    '+': (size) => `when { ${chain(size, (body) => `${body} + 1`, level)} == 1 }`,
    '-': (size) => `when { ${chain(size, (body) => `1 - (${body})`, level)} == 1 }`,
    if: (size) =>
      `when { ${chain(size, (body, i) => `if ${level} == ${i} then true else ${body}`, 'false')} }`,
    'if in if': (size) => `when { ${chain(size, (body) => `if (${body}) then true else false`, 'true')} }`,
    calls: (size) => `when { context.at${'.toDate()'.repeat(size)} == context.at }`,
    attributes: (size) => `when { context${'.level'.repeat(size)} == 1 }`,
    records: (size) => `when { ${chain(size, (body) => `{a: ${body}}`, '1')} == {a: 1} }`,
    sets: (size) => `when { ${chain(size, (body) => `[${body}]`, '1')}.isEmpty() }`,
    nots: (size) => `when { ${chain(size, (body) => `!(${body})`, 'true')} }`,
    clauses: (size) => `when { ${level} == 1 } unless { ${level} == 2 }\n`.repeat(size),
    'a set': (size) =>
      `when { [${Array.from({ length: size }, (_, i) => i).join(', ')}].contains(${level}) }`,
  };
  const sizes = [1, 2, 7, 8, 9, 30, 50, 55, 56, 57, 58, 59, 60, 61, 100, 366, 1_000];

  for (const [name, shape] of Object.entries(shapes)) {
    it(`decides or is refused, and the engine lives: ${name}`, () => {
      let refused = 0;
      for (const size of sizes) {
        const { policies, errors } = parseCedar(
          `permit(principal, action, resource)\n${shape(size)};`,
          'p.cedar',
        );
        const text = policies[0] && printed(policies[0]);
        if (text === undefined) {
          refused += 1;
          for (const { code } of errors) expect(code).to.equal('POLICY_TOO_DEEP');
          continue;
        }
        const { decision } = preparePolicies('size', [{ id: 'p', text }]).authorize({
          principal: { type: 'User', id: 'a' },
          action: { type: 'Action', id: 'a' },
          resource: { type: 'Doc', id: 'a' },
          context: { level: 1, at: { __extn: { fn: 'datetime', arg: '2024-01-01' } } },
          entities: [],
        });
        expect(decision, `${size}`).to.be.oneOf(['allow', 'deny']);
      }
      const unbounded = ['&&', '||', '&& of ||', 'clauses', 'a set'];
      expect(refused > 0, 'refused at some size').to.equal(!unbounded.includes(name));
    });
  }

  function printed(given: Policy): string | undefined {
    try {
      return print(given);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      expect(error.code).to.equal('POLICY_TOO_DEEP');
      return undefined;
    }
  }
});
