import { expect } from 'chai';
import { inProject, tenant } from './project.ts';

const HONEST = tenant('globex', `permit().principalInGroup('admins').action(op.postOrder).id('one'),`);

/** A tenant file that runs `code` when it is loaded. None of it is seen by the check of the text. */
const running = (code: string): string => `${tenant('acme', '')}${code}\n`;

describe('hostile tenant files', () => {
  it('stops one that loops for ever, and still reads its neighbours', () =>
    inProject(
      {
        'acme.ts': running('for (;;) {}'),
        'globex.ts': tenant('globex', `permit().action('NO' as never).id('x'),`),
      },
      async ({ places }) => {
        expect(await places()).to.deep.equal([
          'tenants/acme.ts:2:1 RUN',
          'tenants/globex.ts:5:14 UNKNOWN_ACTION',
        ]);
      },
    ));

  it('stops one that loops for ever in promises', () =>
    inProject(
      { 'acme.ts': running('const again = (): unknown => Promise.resolve().then(again);\nvoid again();') },
      async ({ messages }) => {
        expect(await messages()).to.match(
          /^tenants\/acme.ts:2:1 \[RUN\] the file did not come to an end within 1 s/,
        );
      },
    ));

  it('stops one that takes all memory, or hands back too much', () =>
    inProject(
      {
        'acme.ts': running('const hoard = [];\nfor (;;) hoard.push(new Array(1e6).fill(hoard));'),
        'globex.ts': tenant('globex', '', `users: { [\`\${'x'.repeat(9_000_000)}\`]: {} },`),
      },
      async ({ messages }) => {
        const [memory, size] = (await messages()).split('\n');
        // Whichever limit comes first: the collector works longer and longer.
        expect(memory).to.match(
          /^tenants\/acme.ts:2:1 \[RUN\] the file (took too much memory|did not come to an end)/,
        );
        expect(size).to.match(/^tenants\/globex.ts:2:1 \[RUN\] the file made more than 8 million characters/);
      },
    ));

  it('survives recursion without end', () =>
    inProject(
      { 'acme.ts': running('const down = (): unknown => [down()];\ndown();') },
      async ({ messages }) => {
        expect(await messages()).to.match(
          /^tenants\/acme.ts:\d+:\d+ \[THROWN\] .*Maximum call stack size exceeded/,
        );
      },
    ));

  it('says where a file throws', () =>
    inProject(
      { 'acme.ts': running("const nothing = JSON.parse('null');\nnothing.more();") },
      async ({ messages }) => {
        expect(await messages()).to.match(/^tenants\/acme.ts:10:9 \[THROWN\] the file stops with TypeError/);
      },
    ));

  it('leaves the neighbours their builder when one rewrites its own', () =>
    inProject(
      {
        'acme.ts': `import { permit } from '../dsl/index.ts';
${running(`const methods = Object.getPrototypeOf(permit());
try { Object.defineProperty(methods, 'principalInGroup', { value() { return this; } }); } catch {}
Object.defineProperty(Object['proto' + 'type' as 'prototype'], 'polluted', { value: 1 });
JSON.stringify = () => '"mine"';
Array['proto' + 'type' as 'prototype'].map = () => [];
WeakMap['proto' + 'type' as 'prototype'].get = () => undefined;`)}`,
        'globex.ts': HONEST,
      },
      async ({ load, write }) => {
        const { problems } = await load();
        // It can only harm itself.
        expect(problems.map(({ site }) => site?.file)).to.deep.equal(['tenants/acme.ts']);
        await write('acme.ts', tenant('acme', ''));
        const { tenants } = await load();
        expect(tenants[1]?.policies[0]?.statement).to.contain('Shop::Group::"globex|admins"');
      },
    ));

  it('reaches no process, module, network or code by any way around the check of the text', () =>
    inProject(
      {
        'acme.ts': running(
          `const report: string[] = [];
const attempt = (name: string, run: () => unknown) => { try { report.push(name + ':' + typeof run()); } catch (e) { report.push(name + ':' + (e as Error).name); } };
const self = (function (this: unknown) { return this })() as unknown;
attempt('this', () => self);
attempt('function', () => (() => 0)['con' + 'structor' as 'name']('return process')());
attempt('object', () => (({} as any)['con' + 'structor']['con' + 'structor']('return process')()));
const seen = [...report];
const frames = (() => { const old = Error.prepareStackTrace; Error.prepareStackTrace = (_e: unknown, all: any[]) => all; const all = (new Error() as any).stack; Error.prepareStackTrace = old; return all; })();
seen.push('frames:' + frames.map((frame: any) => typeof frame.getThis() + typeof frame.getFunction()).join());
throw new Error(seen.join(' '));`,
        ),
      },
      async ({ messages }) => {
        const text = await messages();
        expect(text).to.contain('this:undefined function:EvalError object:EvalError');
        expect(text).to.match(/frames:(undefinedundefined,?)+ — /);
      },
    ));

  it('refuses forged answers: nothing but what builders make is believed', () => {
    const forge = (change: string): string =>
      running(`const honest = JSON.stringify;
JSON.stringify = ((value: any) => { if (!value.ok) return honest(value); ${change}; return honest(value); }) as never;`).replace(
        'policies: ({ permit, forbid, op, entity, set }) => [',
        "$&permit().action(op.postOrder).id('one'),",
      );
    return inProject({ 'globex.ts': HONEST }, async ({ write, messages }) => {
      const said = async (change: string): Promise<string> => {
        await write('acme.ts', forge(change));
        return (await messages()).replace(/ — .*/, '');
      };
      const policy = 'value.value.policies[0]';
      expect(await said('')).to.equal('');
      expect(await said(`${policy}.id = 'guardrail-a'`)).to.match(/^tenants\/acme.ts:4:55 \[FORGED_POLICY\]/);
      expect(await said(`${policy}.id = 'a\\u001b[2J'`)).to.match(
        /\[FORGED_POLICY\] no builder makes such a policy$/,
      );
      expect(
        await said(`${policy}.principal = { kind: '==', entity: { type: 'Shop::User', id: 'globex|ann' } }`),
      ).to.match(/\[FORGED_POLICY\]/);
      expect(await said(`${policy}.principal = { kind: '==', entity: { slot: 'principal' } }`)).to.match(
        /\[FORGED_POLICY\]/,
      );
      expect(await said(`${policy}.action.extra = 1`)).to.match(/\[MALFORMED\]/);
      expect(await said(`value.value.slug = 'globex'`)).to.match(
        /\[SLUG\] the file defines the tenant "globex"/,
      );
      expect(await said(`value.value.policies = 'none'`)).to.match(/\[MALFORMED\] .*policies is no list$/);
      expect(await said(`value.value.kind = 'root'`)).to.match(/\[MALFORMED\]/);
      expect(await said(`${policy}.clauses = JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))`)).to.match(
        /\[(MALFORMED|THROWN)\]/,
      );
      expect(await said(`Object.assign(value, { ok: false, problems: [] })`)).to.match(/\[MALFORMED\]/);
    });
  });

  it('believes no place outside of the tenants, and no control of the terminal in a message', () =>
    inProject(
      {
        'acme.ts': running(
          `JSON.stringify = (() => '{"ok":false,"problems":[{"code":"X","message":"a\\\\u001b[2Jb\\\\u202ec","remedy":"d","site":{"file":"/etc/passwd","line":1,"column":1}}]}') as never;`,
        ),
      },
      async ({ messages }) => {
        expect(await messages()).to.equal('tenants/acme.ts:2:1 [X] a [2Jb c — d');
      },
    ));

  it('keeps guardrails apart from what tenants do to the language', () =>
    inProject(
      {
        'acme.ts': `import guardrails from './shared/guardrails.ts';
${running('try { Object.assign(guardrails, { make: () => [] }); } catch {}\nWeakMap[`proto${`type`}` as `prototype`].get = () => undefined;')}`,
        'globex.ts': HONEST,
      },
      async ({ load }) => {
        const { problems } = await load();
        expect(problems.every(({ site }) => site?.file === 'tenants/acme.ts')).to.equal(true);
      },
    ));
});
