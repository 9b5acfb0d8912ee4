import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Policy } from '../../../cedar/ast.ts';
import { parsePolicy } from '../../../cedar/engine.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { parseCedar } from '../../../cedar/text/policies.ts';
import { anyPolicy } from '../arbitrary-ast.ts';
import { codeOf } from '../code-of.ts';
import { normalPolicy } from '../normal.ts';
import { bare } from './bare.ts';
import { conditions, statements } from './snippets.ts';

/** What the engine reads that this project has no word for; each is refused at its place. */
const BEYOND = new Set(['CEDAR_NOT_LITERAL']);

const ours = (text: string): { policy?: Policy | undefined; code?: string | undefined } => {
  const { policies, errors } = parseCedar(text, 'p.cedar');
  return policies.length === 1 && errors.length === 0
    ? { policy: policies[0] }
    : { code: errors[0]?.code ?? 'COUNT' };
};

/** Fails when the two parsers differ about a text, or read it as different policies. */
function compare(text: string): void {
  const engine = parsePolicy(text);
  const { policy, code } = ours(text);
  if (!engine.ok) {
    expect(policy, `accepted, but the engine says ${engine.errors[0]?.message}: ${text}`).to.equal(undefined);
    return;
  }
  if (!policy) {
    expect(BEYOND.has(code ?? ''), `refused as ${code}, but the engine takes it: ${text}`).to.equal(true);
    return;
  }
  // The engine's own form of an integer past 2^53 is another integer.
  if (codeOf(() => policyFromJson(engine.json, policy.id)) === 'LONG_INEXACT') return;
  expect(normalPolicy(bare(policy)), text).to.deep.equal(
    normalPolicy(policyFromJson(engine.json, policy.id)),
  );
}

describe("our parser of Cedar and the engine's", () => {
  it('agree on every condition at the edges of the grammar', () => {
    for (const body of conditions) compare(`permit(principal, action, resource) when { ${body} };`);
  });

  it('agree on every statement at the edges of the grammar', () => {
    for (const statement of statements) compare(statement);
  });

  it('agree on whatever can be printed', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => compare(printPolicy(policy, { prefix: '' }))),
      { numRuns: 200 },
    );
  });

  it('agree on texts with words left out, doubled, replaced and swapped', () => {
    const words = fc.constantFrom(
      'if', 'then', 'else', 'in', 'is', 'has', 'like', '==', '<', '&&', '||', '!', '-', '+', '*', '(', ')', '[', ']', '{', '}',
      ',', ';', '.', '::', ':', '@', '"x"', '"*\\*"', '1', 'true', 'principal', 'resource', '?principal', 'A', 'ip', 'contains',
      'permit', 'when', '//', '\n', '\\', "'", '9223372036854775808',
    ); // prettier-ignore
    const change = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom('drop', 'double', 'replace', 'insert', 'swap'),
      word: words,
    });
    const edited = (text: string, { at, kind, word }: { at: number; kind: string; word: string }): string => {
      const tokens = text.match(/"(?:\\.|[^"\\])*"|\w+|\s+|::|==|&&|\|\||[^]/g) ?? [];
      const i = at % (tokens.length + 1);
      const [token = '', next = ''] = tokens.slice(i);
      const replacement = { drop: [], double: [token, ' ', token], replace: [word], insert: [word, token] }[
        kind
      ];
      tokens.splice(i, kind === 'swap' ? 2 : 1, ...(replacement ?? [next, ' ', token]));
      return tokens.join('');
    };
    fc.assert(
      fc.property(anyPolicy, fc.array(change, { minLength: 1, maxLength: 2 }), (policy, changes) => {
        compare(changes.reduce(edited, printPolicy(policy, { prefix: '' })));
      }),
      { numRuns: 350 },
    );
  });
});
