import { expect } from 'chai';
import { checkSyntax, type Role } from '../../../dsl/check/syntax.ts';

/** `line:column CODE` of all problems. */
const places = (text: string, role: Role = 'shared', file = 'tenants/shared/any.ts'): string[] =>
  checkSyntax({ file, text }, role, 'tenants').problems.map(
    ({ site, code }) => `${site?.line}:${site?.column} ${code}`,
  );
const tenantPlaces = (text: string): string[] => places(text, 'tenant', 'tenants/acme.ts');

describe('the text of tenant files', () => {
  it('may import the language and shared files', () => {
    expect(
      places(`import { permit } from '../../dsl/index.ts';\nimport { a } from './more.ts';`),
    ).to.deep.equal([]);
    expect(
      tenantPlaces(`import { saasTenant } from '../dsl/index.ts';
import { everyone } from './shared/everyone.ts';
export default saasTenant({ slug: 'acme', policies: () => everyone });`),
    ).to.deep.equal([]);
  });

  for (const [text, place] of [
    [`import fs from 'node:fs';`, '1:16'],
    [`import type { Pool } from 'pg';`, '1:27'],
    [`import '../globex.ts';`, '1:8'],
    [`import key from '../../infra/secret.json' with { type: 'json' };`, '1:17'],
    [`import text from './notes.txt';`, '1:18'],
    [`import x from '../../dsl/policy/builder.ts';`, '1:15'],
    [`import x from './deep/er.ts';`, '1:15'],
    [`export * from '../../authz/env.ts';`, '1:15'],
    [`import fs = require('node:fs');`, '1:21'],
    [`type Fs = import('node:fs').Stats;`, '1:18'],
    [`const fs = await import('node:fs');`, '1:18'],
    [`const here = import.meta.url;`, '1:14'],
    [`/// <reference types="node" />\nexport const a = 1;`, '1:23'],
    [`declare module '../../dsl/index.ts' { export const permit: any }`, '1:1'],
    [`/* ü😀 */ import 'net';`, '1:18'],
  ] as const) {
    it(`may not import: ${text.replaceAll('\n', ' ')}`, () => {
      expect(places(text)).to.include(`${place} FORBIDDEN_IMPORT`);
    });
  }

  for (const [text, place] of [
    [`const a = process.env;`, '1:11'],
    [`const a = [globalThis];`, '1:12'],
    [`eval('1');`, '1:1'],
    [`const f = new Function('return 1');`, '1:15'],
    [`const a = { fetch };`, '1:13'],
    [`void fetch('https://example.com');`, '1:6'],
    [`const a = ''.constructor;`, '1:14'],
    [`const a = ({} as any)['constructor'];`, '1:23'],
    [`const { constructor: c } = {};`, '1:9'],
    [`const a = { __proto__: null };`, '1:13'],
    [`const a = { '__proto__': null };`, '1:13'],
    [`Array.prototype.map = () => [];`, '1:7'],
  ] as const) {
    it(`may not name: ${text}`, () => {
      expect(places(text)).to.deep.equal([`${place} FORBIDDEN_NAME`]);
    });
  }

  it('may have attributes and types of such names', () => {
    expect(
      places(`type F = Function;\nexport const a = (resource: { process: string }) => resource.process;`),
    ).to.deep.equal([]);
  });

  for (const [text, expected] of [
    [`export default saasTenant({ slug: 'acme' });`, []],
    [`export const a = 1;`, ['1:1 DEFAULT_EXPORT']],
    [`const t = saasTenant({ slug: 'acme' });\nexport default t;`, ['2:16 DEFAULT_EXPORT']],
    [`export default makeTenant({ slug: 'acme' });`, ['1:16 DEFAULT_EXPORT']],
    [
      `export default saasTenant({ slug: 'acme' });\nexport default saasTenant({ slug: 'acme' });`,
      ['2:1 DEFAULT_EXPORT'],
    ],
    [`export default saasTenant({ slug: 'other' });`, ['1:35 SLUG']],
    [`export default saasTenant({ slug: 'Acme' });`, ['1:35 SLUG']],
    [`const slug = 'acme';\nexport default saasTenant({ slug });`, ['2:29 SLUG']],
    [`export default saasTenant({ slug: 'ac' + 'me' });`, ['1:29 SLUG']],
    [`export default saasTenant({ slug: 'acme', slug: 'acme' });`, ['1:43 SLUG']],
    [`export default saasTenant({ policies: () => [] });`, ['1:27 SLUG']],
    [`export default saasTenant({ slug: 'acme' `, ['1:42 TS1005']],
  ] as const) {
    it(`is a tenant or says why not: ${text.replaceAll('\n', ' ')}`, () => {
      expect(tenantPlaces(text)).to.deep.equal(expected);
    });
  }

  for (const [condition, operator] of [
    ['({ resource }) => resource.a.eq(1) || resource.b.eq(2)', '||'],
    ['({ resource }) => resource.a && resource.b', '&&'],
    ['({ resource }) => resource.nick ?? resource.name', '??'],
    ['({ resource }) => !resource.public', '!'],
    ['({ resource }) => (resource.public ? resource.a : resource.b)', '?'],
    ['({ resource }) => resource.a === 1', '==='],
    ['({ resource }) => resource.a != 1', '!='],
    ['({ resource }) => resource.a < 1', '<'],
    ['({ resource }) => resource.a >= 1', '>='],
    ["({ resource }) => 'a' in resource", 'in'],
    ['({ resource }) => { if (resource.public) return resource.a; return resource.b; }', 'if'],
    ['(scope) => { let c = scope.resource.a; c ||= scope.resource.b; return c; }', '||='],
    ["function ({ resource }) { return resource.has('a', (a) => a.b || a.c); }", '||'],
  ] as const) {
    it(`has no operator of JavaScript in a condition: ${operator} in ${condition}`, () => {
      const text = `export const p = permit()\n  .when(${condition});`;
      const line = text.split('\n')[1] ?? '';
      const column = line.indexOf(operator === 'in' ? 'in resource' : operator, line.indexOf('=>') + 2) + 1;
      expect(places(text)).to.deep.equal([`2:${column} JAVASCRIPT_OPERATOR`]);
    });
  }

  it('has none in a function that conditions use, or between conditions anywhere', () => {
    expect(
      places(`const own = (scope) => scope.a.b || scope.c.d;
export const p = permit().when(own);
const helper = ({ principal }) => principal.a && principal.b;
const joined = (x) => x.eq(1) || (x.lt(2));`),
    ).to.deep.equal(['1:34 JAVASCRIPT_OPERATOR', '3:47 JAVASCRIPT_OPERATOR', '4:31 JAVASCRIPT_OPERATOR']);
  });

  it('has none in what conditions call, under assertions, between constants, or between policies', () => {
    expect(
      places(`const either = (x, y) => x() || y();
export const p = permit().when(({ resource }) => either(() => resource.a, () => resource.b));
const asserted = (x) => (x.eq(1) as any) || x.lt(2);
const constants = value(true) || value(false);
const policies = [permit().id('a') ?? forbid().id('b')];
const ifs = (x) => x.ifHas('a', (a) => a.b || a.c, 0);`),
    ).to.deep.equal([
      '1:30 JAVASCRIPT_OPERATOR',
      '3:42 JAVASCRIPT_OPERATOR',
      '4:31 JAVASCRIPT_OPERATOR',
      '5:36 JAVASCRIPT_OPERATOR',
      '6:44 JAVASCRIPT_OPERATOR',
    ]);
  });

  it('has none that loses an operand in what another file may call from a condition', () => {
    expect(
      places(`export const open = (s) => s.resource.public || s.resource.archived;
export function owned({ r }) { return r.owner ?? r.creator; }`),
    ).to.deep.equal(['1:46 JAVASCRIPT_OPERATOR', '2:47 JAVASCRIPT_OPERATOR']);
  });

  it('may compute plain values outside of conditions', () => {
    expect(
      places(`export const all = ['a', 'b'].filter((name) => name !== 'a' && !name.includes('x') || name > 'c');
const titles = [{ title: '' }].map((t) => t.title || 'untitled');
const some = ['a'].filter((name) => name.includes('x') || name.startsWith('y'));
export const p = permit().when(({ resource }) => resource.total.lt(60 * 60));`),
    ).to.deep.equal([]);
  });
});
