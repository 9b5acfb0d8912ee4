import { expect } from 'chai';
import { type Answer, openSandbox, type Sandbox } from '../../../dsl/check/sandbox.ts';

describe('the sandbox', () => {
  let sandbox: Sandbox;
  before(() => (sandbox = openSandbox()));
  after(() => sandbox.close());

  const run = (code: string): Promise<Answer> =>
    sandbox.run({ name: 'script', code, timeoutMs: 200, maxLength: 1_000 });
  const value = async (code: string): Promise<string> => {
    const answer = await run(code);
    return answer.ok ? answer.text : answer.reason;
  };

  it('hands back text, and nothing else', async () => {
    expect(await value(`'a' + 1`)).to.equal('a1');
    expect(await value(`({ toString: () => 'x' })`)).to.equal('failed');
    expect(await value(`new String('x')`)).to.equal('failed');
  });

  it('has only what the language itself gives', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'setTimeout',
      'queueMicrotask',
      'Buffer',
      'URL',
      'performance',
    ];
    expect(
      await value(`JSON.stringify(${JSON.stringify(names)}.map((name) => typeof globalThis[name]))`),
    ).to.equal(JSON.stringify(names.map(() => 'undefined')));
  });

  it('makes no code of text', async () => {
    const tried = `try { String(TRY) } catch (error) { error.name }`;
    for (const attempt of [`eval('1')`, `Function('return 1')()`, `(() => {}).constructor('return 1')()`]) {
      expect(await value(tried.replace('TRY', attempt)), attempt).to.equal('EvalError');
    }
  });

  it('gives each script a world of its own', async () => {
    await run(`Object.prototype.polluted = Array.prototype.map = 1; globalThis.left = 'x'; ''`);
    expect(await value(`typeof ({}).polluted + typeof [].map + typeof left`)).to.equal(
      'undefinedfunctionundefined',
    );
  });

  it('runs the prelude anew in each of these worlds, and in that of a process which replaced another', async () => {
    const speaking = openSandbox();
    speaking.setPrelude(`const language = { words: 0 };`);
    const say = (code: string): Promise<Answer> =>
      speaking.run({ name: 'script', code, timeoutMs: 200, maxLength: 100 });
    try {
      expect(await say(`String((language.words += 1))`)).to.deep.equal({ ok: true, text: '1' });
      expect(await say(`String((language.words += 1))`)).to.deep.equal({ ok: true, text: '1' });
      await say('throw new Proxy({}, { get() { for (;;) {} } })');
      expect(await say(`String((language.words += 1))`)).to.deep.equal({ ok: true, text: '1' });
    } finally {
      speaking.close();
    }
  });

  it('runs another prelude from then on, and what was given before by the one that it was given for', async () => {
    const job = { name: 'script', code: 'String(typeof one + typeof two)', timeoutMs: 200, maxLength: 100 };
    const changing = openSandbox();
    changing.setPrelude('const one = 1;');
    const before = changing.run(job);
    changing.setPrelude('const two = 2;');
    const after = changing.run(job);
    try {
      expect(await before).to.deep.equal({ ok: true, text: 'numberundefined' });
      expect(await after).to.deep.equal({ ok: true, text: 'undefinednumber' });
    } finally {
      changing.close();
    }
  });

  it('lets no import change the world of its neighbours', async () => {
    await run(`import('node:fs').catch((error) => {
      for (let of = error; of; of = Object.getPrototypeOf(of)) { try { of.polluted = 'x'; } catch {} }
    }); ''`);
    expect(await value(`typeof ({}).polluted`)).to.equal('undefined');
    expect(await value(`'still ' + 'there'`)).to.equal('still there');
  });

  it('ends what does not end, even where no limit of the script applies, and goes on', async () => {
    expect(await value('for (;;) {}')).to.equal('time');
    // Whoever looks at what is thrown runs the trap, outside of the script.
    expect(await value('throw new Proxy({}, { get() { for (;;) {} } })')).to.equal('time');
    expect(await value(`'again'`)).to.equal('again');
  });

  it('takes no more than it was told to', async () => {
    expect(await value(`'x'.repeat(1_001)`)).to.equal('size');
    expect(await value(`'x'.repeat(1_000)`)).to.have.length(1_000);
  });

  it('does not mind promises that nobody keeps', async () => {
    await run(`Promise.reject(new Error('unseen')); ''`);
    expect(await value(`'after'`)).to.equal('after');
  });

  it('runs scripts in the order in which they were given', async () => {
    const all = await Promise.all([1, 2, 3].map((n) => value(`'${n}'`)));
    expect(all).to.deep.equal(['1', '2', '3']);
  });
});
