import { expect } from 'chai';
import type { Expr, Site } from '../../cedar/ast.ts';
import { parsePolicy, validate } from '../../cedar/engine.ts';
import { siteAt, utf16Offset } from '../../cedar/located.ts';
import { printLocated, printPolicy } from '../../cedar/print.ts';
import { MODEL, and, attribute, equal, lib, literal, policy } from './fixture.ts';
import { schemaOf } from './fixture-schema.ts';

const options = { prefix: 'acme' };
const site = (line: number): Site => ({ file: 'tenants/acme.ts', line, column: 5 });
const at = (expr: Expr, line: number): Expr => ({ ...expr, at: site(line) });

const given = policy({
  at: site(1),
  action: { kind: '==', action: lib('Action', 'POST /docs') },
  clauses: [
    {
      kind: 'when',
      at: site(2),
      body: at(
        and(
          at(equal(attribute('principal', 'role'), literal('Überprüfung 😀')), 3),
          at(equal(at(attribute('principal', 'rle'), 5), literal('EDITOR')), 4),
        ),
        6,
      ),
    },
  ],
});

describe('printLocated', () => {
  it('prints the text that printPolicy prints', () => {
    expect(printLocated(given, options).text).to.equal(printPolicy(given, options));
  });

  it('leads from the byte offsets of an error back to the word that is wrong, past text that is not ASCII', () => {
    const located = printLocated(given, options);
    const [finding, ...others] = validate({ schema: schemaOf(MODEL, 'full'), policies: { p: located.text } });
    expect(others).to.deep.equal([]);
    expect(finding?.code).to.equal('UNKNOWN_ATTRIBUTE');
    expect(siteAt(located, finding!.start, finding!.end)).to.deep.equal(site(5));
  });

  it('finds the smallest enclosing piece, and the policy for what is in no expression', () => {
    const located = printLocated(given, options);
    const bytes = (text: string): number =>
      Buffer.byteLength(located.text.slice(0, located.text.indexOf(text)));
    expect(siteAt(located, bytes('principal.role'), bytes('principal.role') + 4)).to.deep.equal(site(3));
    expect(siteAt(located, bytes('action'), bytes('action') + 6)).to.deep.equal(site(1));
    expect(siteAt(located, bytes('when'), bytes('when') + 4)).to.deep.equal(site(2));
    expect(siteAt(located, bytes('principal.role'), bytes('"EDITOR"'))).to.deep.equal(site(6));
  });
});

describe('utf16Offset', () => {
  it('counts characters of any width', () => {
    const text = 'aé😀z';
    expect(utf16Offset(text, Buffer.byteLength('aé😀'))).to.equal('aé😀'.length);
  });
});

describe('parsePolicy', () => {
  it('says where a text stops being a policy, in bytes', () => {
    const text = 'permit(principal, action, resource) when { "é" == };';
    const result = parsePolicy(text);
    expect(result.ok).to.equal(false);
    const start = result.ok ? -1 : result.errors[0]!.start;
    expect(text.slice(utf16Offset(text, start))).to.match(/^\}/);
  });
});
