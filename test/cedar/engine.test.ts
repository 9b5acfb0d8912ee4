import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import {
  type AuthorizationRequest,
  EngineError,
  enforced,
  parsePolicy,
  preparePolicies,
} from '../../cedar/engine.ts';
import { actionEntity } from '../../cedar/closure.ts';
import { MODEL, lib } from './fixture.ts';

const request = (over: Partial<AuthorizationRequest> = {}): AuthorizationRequest => ({
  principal: lib('Member', 'a'),
  action: lib('Action', 'GET /docs/{id}'),
  resource: lib('Doc', 'd'),
  context: {},
  entities: [],
  ...over,
});

const PERMIT = 'permit(principal, action, resource);';
// Parses and validates; its evaluation overflows the stack of the engine.
const DEADLY = `permit(principal, action, resource) when { ${Array.from({ length: 600 }, () => 'context.a == 1').join(' || ')} };`;

describe('preparePolicies', () => {
  it('answers with our ids, sorted, whatever the order and number of policies', () => {
    const ids = Array.from({ length: 25 }, (_, i) => `p-${(i * 7) % 25}`);
    const policies = preparePolicies(
      'ids',
      ids.map((id) => ({
        id,
        text: `permit(principal, action, resource) when { context.id == "${id}" || context.all };`,
      })),
    );
    expect(policies.authorize(request({ context: { id: 'p-11', all: false } })).reasons).to.deep.equal([
      'p-11',
    ]);
    expect(policies.authorize(request({ context: { id: '', all: true } })).reasons).to.deep.equal(
      ids.toSorted(),
    );
  });

  it('tells a policy that cannot be evaluated, and such an answer is enforced as a deny', () => {
    const policies = preparePolicies('errors', [
      { id: 'everybody', text: PERMIT },
      { id: 'not-after-hours', text: 'forbid(principal, action, resource) when { context.late };' },
    ]);
    const result = policies.authorize(request());
    expect(result.decision).to.equal('allow');
    expect(result.errors.map(({ id }) => id)).to.deep.equal(['not-after-hours']);
    expect(enforced(result)).to.equal('deny');
    expect(enforced(policies.authorize(request({ context: { late: false } })))).to.equal('allow');
    expect(enforced(policies.authorize(request({ context: { late: true } })))).to.equal('deny');
  });

  it('denies when there is no policy', () => {
    expect(preparePolicies('none', []).authorize(request()).decision).to.equal('deny');
  });

  it('applies a forbid on a group of actions when the request carries the hierarchy', () => {
    const policies = preparePolicies('groups', [
      { id: 'everybody', text: PERMIT },
      { id: 'nothing', text: 'forbid(principal, action in Lib::Action::"anything", resource);' },
    ]);
    const entities = [actionEntity(MODEL, request().action)];
    expect(policies.authorize(request({ entities })).decision).to.equal('deny');
  });

  it('survives a policy that kills the engine, and so do other sets', () => {
    const others = preparePolicies('others', [{ id: 'everybody', text: PERMIT }]);
    const deadly = preparePolicies('deadly', [{ id: 'deadly', text: DEADLY }]);
    for (let i = 0; i < 3; i += 1) {
      expect(() => deadly.authorize(request({ context: { a: 2 } }))).to.throw(EngineError);
      expect(others.authorize(request()).reasons).to.deep.equal(['everybody']);
    }
  });

  it('refuses a text that is not exactly one policy, because it would shift the ids of the others', () => {
    const texts = [
      `${PERMIT}\n${PERMIT}`,
      '// nothing',
      'permit(',
      'permit(principal == ?principal, action, resource);',
    ];
    for (const text of texts) {
      expect(
        () =>
          preparePolicies('texts', [
            { id: 'x', text },
            { id: 'y', text: PERMIT },
          ]),
        text,
      ).to.throw(EngineError);
    }
  });

  it('is not confused by a comment at the end of a policy', () => {
    const policies = preparePolicies('comments', [
      { id: 'x', text: `${PERMIT} // forbid nothing` },
      { id: 'y', text: PERMIT },
    ]);
    expect(policies.authorize(request()).reasons).to.deep.equal(['x', 'y']);
  });

  it('asks the right policies after another set took the name', () => {
    const first = preparePolicies('same', [{ id: 'first', text: PERMIT }]);
    const second = preparePolicies('same', [{ id: 'second', text: PERMIT }]);
    expect(first.authorize(request()).reasons).to.deep.equal(['first']);
    expect(second.authorize(request()).reasons).to.deep.equal(['second']);
  });

  it('asks the right policies after more sets than the engine keeps', () => {
    const filler = Array.from({ length: 3000 }, (_, i) => ({ id: `f-${i}`, text: PERMIT }));
    const first = preparePolicies('kept-0', [{ id: 'first', text: PERMIT }]);
    for (let i = 1; i <= 8; i += 1) preparePolicies(`kept-${i}`, filler);
    expect(first.authorize(request()).reasons).to.deep.equal(['first']);
  });

  it('refuses numbers that would reach the engine as other numbers', () => {
    const policies = preparePolicies('numbers', [{ id: 'everybody', text: PERMIT }]);
    const entity = { uid: lib('Member', 'a'), attrs: { levels: [2 ** 60] }, parents: [] };
    for (const bad of [
      request({ context: { amount: 1.5 } }),
      request({ context: { a: { b: NaN } } }),
      request({ entities: [entity] }),
    ]) {
      expect(() => policies.authorize(bad)).to.throw(EngineError);
    }
  });

  it('fails without a word of the request when the engine refuses it', () => {
    const policies = preparePolicies('secret', [{ id: 'everybody', text: PERMIT }]);
    const bad = request({ context: { ip: { __extn: { fn: 'ip', arg: 'secret-value' } } } });
    expect(() => policies.authorize(bad))
      .to.throw(EngineError)
      .with.property('message')
      .that.does.not.contain('secret-value');
  });
});

describe('withEngine', () => {
  it('survives that the code which asks is made invalid while the engine is asked', () => {
    const program = fileURLToPath(new URL('deoptimization.ts', import.meta.url));
    execFileSync(process.execPath, ['--import', 'tsx', program], { stdio: 'pipe' });
  });
});

describe('parsePolicy', () => {
  it('reads policies and templates, and nothing else', () => {
    expect(parsePolicy(PERMIT).ok).to.equal(true);
    expect(parsePolicy(PERMIT), 'parsed once').to.equal(parsePolicy(PERMIT));
    expect(parsePolicy('permit(principal == ?principal, action, resource);').ok).to.equal(true);
    expect(parsePolicy(`${PERMIT}${PERMIT}`).ok).to.equal(false);
    expect(parsePolicy('').ok).to.equal(false);
  });
});
