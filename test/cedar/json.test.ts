import { expect } from 'chai';
import * as fc from 'fast-check';
import { policyFromPlain, policyToPlain } from '../../cedar/json.ts';
import { anyPolicy } from './arbitrary-ast.ts';
import { codeOf } from './code-of.ts';
import { attribute, equal, literal, policy, when } from './fixture.ts';

const acrossProcesses = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('policyToPlain and policyFromPlain', () => {
  it('carry any policy through JSON text', () => {
    fc.assert(
      fc.property(anyPolicy, (given) => {
        expect(policyFromPlain(acrossProcesses(policyToPlain(given)))).to.deep.equal(given);
      }),
      { numRuns: 200 },
    );
  });

  it('carry places and integers past 2^53', () => {
    const at = { file: 'tenants/acme.ts', line: 3, column: 9 };
    const body = { ...equal(literal(-(2n ** 63n)), literal(2n ** 53n + 1n)), at };
    const given = policy({ at, clauses: [{ kind: 'when', at, body }] });
    expect(policyFromPlain(acrossProcesses(policyToPlain(given)))).to.deep.equal(given);
  });

  it('refuse whatever no builder makes', () => {
    const good = acrossProcesses(policyToPlain(policy({ clauses: [when(attribute('context', 'a'))] })));
    const base = typeof good === 'object' ? good : {};
    const body = (expr: unknown): object => ({ ...base, clauses: [{ kind: 'when', body: expr }] });
    const nested = Array.from({ length: 5000 }).reduce<unknown>((of) => ({ kind: 'not', of }), {
      kind: 'literal',
      value: true,
    });
    const bad: Record<string, unknown> = {
      nothing: undefined,
      'a list': [],
      'a missing field': { ...base, effect: undefined },
      'an unknown field': { ...base, extra: 1 },
      'an unknown effect': { ...base, effect: 'allow' },
      'an id that is no text': { ...base, id: 7 },
      'an empty list of actions': { ...base, action: { kind: 'in', actions: [] } },
      'an unknown scope': { ...base, principal: { kind: 'not' } },
      'a type that is text of a policy': { ...base, resource: { kind: 'is', type: 'A); permit(principal' } },
      'an owner that is not true': {
        ...base,
        principal: { kind: '==', entity: { type: 'A', id: 'x', owned: 1 } },
      },
      'a number that is no Long': body({ kind: 'literal', value: 1 }),
      'a Long that is no number': body({ kind: 'literal', value: { long: '1e3' } }),
      'an unknown kind': body({ kind: 'raw', text: 'true' }),
      'an inherited kind': body({ kind: 'toString' }),
      'an unknown method': body({
        kind: 'call',
        method: 'constructor',
        of: { kind: 'literal', value: true },
        with: [],
      }),
      'an empty chain': body({ kind: 'and', of: [] }),
      'a place that is none': body({ kind: 'literal', value: true, at: { file: 'a', line: 0, column: 1 } }),
      'an annotation that is no text': { ...base, annotations: { a: {} } },
      'too deep a nesting': body(nested),
    };
    expect(codeOf(() => policyFromPlain(good))).to.equal(undefined);
    for (const [what, json] of Object.entries(bad)) {
      expect(
        codeOf(() => policyFromPlain(json)),
        what,
      ).to.equal('POLICY_MALFORMED');
    }
  });
});
