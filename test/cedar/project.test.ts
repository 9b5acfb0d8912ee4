import { expect } from 'chai';
import * as fc from 'fast-check';
import type { EntityLiteral, EntityScope, Expr, Policy } from '../../cedar/ast.ts';
import { enforced, parsePolicy, validate } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { isValid, knownForbid, validPolicy } from './arbitrary-policy.ts';
import { anyRequest, gatewayView } from './arbitrary-request.ts';
import { asking, numbered } from './ask.ts';
import {
  MODEL,
  and,
  attribute,
  entity,
  equal,
  has,
  lib,
  literal,
  not,
  or,
  policy,
  unless,
  variable,
  when,
} from './fixture.ts';
import { schemaOf } from './fixture-schema.ts';

const facts = gatewayFacts(MODEL);
const gatewaySchema = schemaOf(MODEL, 'gateway');
const options = { prefix: '' };

const project = (policies: readonly Policy[]): Policy[] =>
  policies.flatMap((each) => projectPolicy(each, facts) ?? []);

/** The printed clauses of what the gateway gets, or `nothing`. */
const clausesOf = (given: Partial<Policy>): string => {
  const projected = projectPolicy(policy(given), facts);
  if (!projected) return 'nothing';
  return printPolicy(projected, options).split('\n)')[1]?.replace(/;$/, '').trim() ?? '';
};

const get = {
  principal: { kind: 'is', type: 'Lib::Member' },
  action: { kind: '==', action: lib('Action', 'GET /docs/{id}') },
} as const;
const post = { action: { kind: '==', action: lib('Action', 'POST /docs') } } as const;
const status = { action: { kind: '==', action: lib('Action', 'GET /status') } } as const;
const isPublic = attribute('resource', 'public');
const isEditor = equal(attribute('principal', 'role'), literal('EDITOR'));
const overflow: Expr = {
  kind: 'compare',
  op: '<',
  left: {
    kind: 'arithmetic',
    op: '*',
    left: attribute('principal', 'level'),
    right: attribute('principal', 'level'),
  },
  right: literal(9n),
};

/** Nothing is known of what a slot stands for until it is linked. */
const template = {
  principal: { kind: 'in', entity: { slot: 'principal' } },
  resource: { kind: '==', entity: { slot: 'resource' } },
} as const;
const link = (scope: EntityScope, entity: EntityLiteral): EntityScope =>
  'entity' in scope && 'slot' in scope.entity ? { ...scope, entity } : scope;

describe('projectPolicy', () => {
  it('never denies at the gateway what the whole policy set allows', () => {
    fc.assert(
      fc.property(
        fc.array(validPolicy, { minLength: 1, maxLength: 3 }),
        fc.array(anyRequest, { minLength: 12, maxLength: 12 }),
        (given, requests) => {
          const policies = numbered(given);
          const whole = asking('whole', policies);
          const gateway = asking('gateway', project(policies));
          for (const request of requests) {
            if (enforced(whole(request)) === 'allow') {
              expect(enforced(gateway(gatewayView(request)))).to.equal('allow');
            }
          }
        },
      ),
      { numRuns: 110 },
    );
  });

  it('never allows at the gateway what a forbid over known facts forbids', () => {
    const everything = policy({ id: 'everything' });
    fc.assert(
      fc.property(knownForbid, fc.array(anyRequest, { minLength: 12, maxLength: 12 }), (forbid, requests) => {
        const whole = asking('whole', [everything, forbid]);
        const gateway = asking('gateway', project([everything, forbid]));
        for (const request of requests) {
          expect(enforced(gateway(gatewayView(request)))).to.equal(enforced(whole(request)));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('decides about a template as about its links', () => {
    const values = { principal: lib('Group', 'STAFF'), resource: lib('Doc', '1') };
    const linked = (given: Policy): Policy => ({
      ...given,
      principal: link(given.principal, values.principal),
      resource: link(given.resource, values.resource),
    });
    fc.assert(
      fc.property(
        validPolicy
          .map((given) => ({ ...given, ...template }))
          .filter((one) => isValid(linked(one), schemaOf(MODEL, 'full'))),
        fc.array(anyRequest, { minLength: 12, maxLength: 12 }),
        (given, requests) => {
          const policies = [...(given.effect === 'forbid' ? [policy({ id: 'everything' })] : []), given];
          const whole = asking('whole', policies.map(linked));
          const gateway = asking('gateway', project(policies).map(linked));
          for (const request of requests) {
            if (enforced(whole(request)) === 'allow') {
              expect(enforced(gateway(gatewayView(request)))).to.equal('allow');
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('makes the same of a policy that was read from a text, as live ones are', () => {
    fc.assert(
      fc.property(validPolicy, fc.array(anyRequest, { minLength: 6, maxLength: 6 }), (given, requests) => {
        const read = parsePolicy(printPolicy(given, options));
        if (!read.ok) throw new Error('the printed policy does not parse');
        // Not the same tree: a chain that was read is grouped otherwise, and loses other parts that decide nothing.
        const [written, again] = [given, policyFromJson(read.json, given.id)].map((one) =>
          asking(
            `text ${one === given}`,
            numbered([...(one.effect === 'forbid' ? [policy()] : []), ...project([one])]),
          ),
        );
        for (const request of requests.map(gatewayView)) {
          expect(enforced(again!(request))).to.equal(enforced(written!(request)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('reads nothing that the gateway does not know', () => {
    fc.assert(
      fc.property(validPolicy, (given) => {
        const [projected] = project([given]);
        if (!projected) return;
        const findings = validate({
          schema: gatewaySchema,
          policies: { p: printPolicy(projected, options) },
        });
        // What is left of a policy may be impossible: it allows and forbids nothing, and can be left out.
        expect(findings.filter(({ code }) => code !== 'IMPOSSIBLE_POLICY')).to.deep.equal([]);
      }),
      { numRuns: 70 },
    );
  });

  it('keeps a policy that reads only known facts as it is', () => {
    const given = policy({
      ...get,
      clauses: [when(and(isEditor, has('context', 'reason'))), unless(overflow)],
    });
    expect(projectPolicy(given, facts)).to.deep.equal(given);
  });

  it('keeps a permit where it may hold, and a forbid only where it must', () => {
    const clauses = [when(and(isEditor, isPublic))];
    expect(clausesOf({ ...get, clauses })).to.equal('when { principal.role == "EDITOR" }');
    expect(clausesOf({ ...get, clauses, effect: 'forbid' })).to.equal('nothing');
    const either = [when(or(isEditor, isPublic))];
    expect(clausesOf({ ...get, clauses: either })).to.equal('');
    expect(clausesOf({ ...get, clauses: either, effect: 'forbid' })).to.equal(
      'when { principal.role == "EDITOR" }',
    );
  });

  it('turns the question around under a negation', () => {
    const clauses = [unless(or(isEditor, isPublic))];
    expect(clausesOf({ ...get, clauses })).to.equal('unless { principal.role == "EDITOR" }');
    expect(clausesOf({ ...get, clauses: [when(not(and(isEditor, isPublic)))] })).to.equal('');
    expect(clausesOf({ ...get, clauses, effect: 'forbid' })).to.equal('nothing');
  });

  it('knows an id from the path, but none that only the backend can find', () => {
    const isOne = [when(equal(variable('resource'), entity('Doc', '1')))];
    expect(clausesOf({ ...get, clauses: isOne })).to.equal('when { resource == Lib::Doc::"1" }');
    expect(clausesOf({ ...post, clauses: isOne })).to.equal('when { resource is Lib::Doc }');
    expect(clausesOf({ ...post, clauses: isOne, effect: 'forbid' })).to.equal('nothing');
    const scope = { resource: { kind: '==', entity: lib('Doc', '1') } } as const;
    expect(projectPolicy(policy({ ...get, ...scope }), facts)?.resource).to.deep.equal(scope.resource);
    expect(projectPolicy(policy({ ...post, ...scope }), facts)?.resource).to.deep.equal({
      kind: 'is',
      type: 'Lib::Doc',
    });
    expect(projectPolicy(policy({ ...post, ...scope, effect: 'forbid' }), facts)).to.equal(undefined);
  });

  it('knows nothing of what a resource is in', () => {
    const resource = { kind: 'in', entity: lib('Folder', 'f') } as const;
    expect(projectPolicy(policy({ ...get, resource }), facts)?.resource).to.deep.equal({ kind: 'any' });
    expect(projectPolicy(policy({ ...get, resource, effect: 'forbid' }), facts)).to.equal(undefined);
  });

  it('knows context of the request, and of several actions only what it knows of each', () => {
    const isRisky: Expr = {
      kind: 'compare',
      op: '>',
      left: attribute('context', 'risk'),
      right: literal(5n),
    };
    const clauses = [when(isRisky)];
    expect(clausesOf({ ...status, clauses })).to.equal('when { context.risk > 5 }');
    expect(clausesOf({ ...get, clauses })).to.equal('');
    const both = {
      kind: 'in',
      actions: [lib('Action', 'GET /status'), lib('Action', 'GET /docs/{id}')],
    } as const;
    expect(clausesOf({ action: both, clauses })).to.equal('');
    expect(
      clausesOf({
        action: both,
        clauses: [when(and({ kind: 'is', of: variable('resource'), type: 'Lib::Endpoint' }, isRisky))],
      }),
    ).to.equal('when { resource is Lib::Endpoint && context.risk > 5 }');
  });

  it('knows the attributes of an Endpoint, where the resource is sure to be one', () => {
    const isGet = equal(attribute('resource', 'method'), literal('GET'));
    expect(clausesOf({ ...status, clauses: [when(isGet)] })).to.equal('when { resource.method == "GET" }');
    expect(clausesOf({ resource: { kind: 'is', type: 'Lib::Endpoint' }, clauses: [when(isGet)] })).to.equal(
      'when { resource.method == "GET" }',
    );
  });

  it('keeps no test that can err behind one that only the backend can make', () => {
    expect(clausesOf({ ...get, clauses: [when(and(isPublic, overflow))] })).to.equal('');
    expect(clausesOf({ ...get, clauses: [when(isPublic), when(overflow)] })).to.equal('');
    expect(clausesOf({ ...get, clauses: [when(and(overflow, isPublic))] })).to.equal(
      'when { principal.level * principal.level < 9 }',
    );
  });

  it('keeps the test of presence that an attribute needs', () => {
    const byReason = equal(attribute('context', 'reason'), literal('audit'));
    const body: Expr = {
      kind: 'if',
      test: and(isPublic, has('context', 'reason')),
      yes: byReason,
      no: isEditor,
    };
    expect(clausesOf({ ...get, clauses: [when(body)] })).to.equal(
      'when { (context has reason && context.reason == "audit") || principal.role == "EDITOR" }',
    );
  });

  it('takes no test that it cannot make for a guard', () => {
    // Every action with a risk has a zone, but the gateway cannot ask all of them for their risk.
    const guarded = and(has('context', 'risk'), equal(attribute('context', 'zone'), literal('a')));
    expect(clausesOf({ clauses: [when(guarded)] })).to.equal('');
    expect(clausesOf({ ...status, clauses: [when(guarded)] })).to.equal(
      'when { context has risk && context.zone == "a" }',
    );
  });

  it('reads no attribute of an entity that no request carries', () => {
    const ownersRole = equal(attribute(attribute('resource', 'owner'), 'role'), literal('EDITOR'));
    expect(clausesOf({ ...get, clauses: [when(ownersRole)] })).to.equal('');
  });

  it('does not grow with nested tests that it cannot make', () => {
    const nested = Array.from({ length: 15 }).reduce<Expr>(
      (test) => ({ kind: 'if', test: not(test), yes: isEditor, no: isPublic }),
      isPublic,
    );
    const given = policy({ ...get, clauses: [when(nested)] });
    const size = (each: Policy | undefined): number => (each ? printPolicy(each, options).length : 0);
    expect(size(projectPolicy(given, facts))).to.be.below(2 * size(given));
  });

  it('asks nothing of an action that the model does not know', () => {
    const unknown = { kind: '==', action: lib('Action', 'GET /gone') } as const;
    expect(clausesOf({ action: unknown, clauses: [when(isEditor)] })).to.equal('');
    expect(clausesOf({ action: unknown, clauses: [when(isEditor)], effect: 'forbid' })).to.equal('nothing');
  });
});
