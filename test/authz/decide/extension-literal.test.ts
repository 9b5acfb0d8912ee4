import { expect } from 'chai';
import * as fc from 'fast-check';
import { preparePolicies } from '../../../cedar/engine.ts';
import { extensionValue } from '../../../authz/decide/extension-literal.ts';

const KINDS = ['ipaddr', 'decimal', 'datetime', 'duration'] as const;
type Kind = (typeof KINDS)[number];

/** Whether the engine takes the value at all: a bad one fails the whole question. */
function engineTakes(fn: string, arg: string): boolean {
  const policies = preparePolicies('literals', [{ id: 'all', text: 'permit(principal, action, resource);' }]);
  const uid = { type: 'X', id: 'x' };
  try {
    const context = { value: { __extn: { fn, arg } } };
    policies.authorize({ principal: uid, action: uid, resource: uid, context, entities: [] });
    return true;
  } catch {
    return false;
  }
}
const FUNCTIONS: Readonly<Record<Kind, string>> = {
  ipaddr: 'ip',
  decimal: 'decimal',
  datetime: 'datetime',
  duration: 'duration',
};

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));
const nearMisses = fc.oneof(
  fc.string({ unit: oneOf('0123456789.:/-+TZdhms% abf'), maxLength: 30 }),
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.ipV4(), fc.nat(40)).map(([ip, bits]) => `${ip}/${bits}`),
  fc.tuple(fc.ipV6(), fc.nat(140)).map(([ip, bits]) => `${ip}/${bits}`),
  fc
    .tuple(fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }), oneOf('0123456789'))
    .map(([n, d]) => `${n / 10_000n}.${d}`),
  fc.constantFrom(
    '922337203685477.5807',
    '922337203685477.5808',
    '-922337203685477.5808',
    '-922337203685477.5809',
  ),
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
    .map((date) => date.toISOString()),
  fc
    .tuple(fc.nat(9999), fc.nat(13), fc.nat(32))
    .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join('-')),
  fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([d, m, ms]) => `${d}d${m}m${ms}ms`),
);

describe('extension values of requests', () => {
  it('are never such that the engine would fail the whole question', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), nearMisses, (kind, text) => {
        if (extensionValue(kind, text) !== undefined)
          expect(engineTakes(FUNCTIONS[kind], text), text).to.equal(true);
      }),
      { numRuns: 2_000 },
    );
  });

  const good: Readonly<Record<Kind, readonly string[]>> = {
    ipaddr: ['192.0.2.7', '192.0.2.0/24', '2001:db8::1', '::1', '2001:db8::/32'],
    decimal: ['0.0', '-1.25', '922337203685477.5807', '-922337203685477.5808'],
    datetime: ['2024-02-29', '2024-05-01T23:59:59Z', '2024-05-01T00:00:00.000Z', '2024-05-01T00:00:00+0530'],
    duration: ['1d2h3m4s5ms', '-15m', '0s'],
  };
  for (const kind of KINDS)
    it(`take a ${kind} as Cedar writes it`, () => {
      for (const text of good[kind]) {
        expect(extensionValue(kind, text), text).to.deep.equal({
          __extn: { fn: FUNCTIONS[kind], arg: text },
        });
        expect(engineTakes(FUNCTIONS[kind], text), text).to.equal(true);
      }
    });
});
