import * as fc from 'fast-check';
import type { ActionScope, EntityScope, Expr, Policy } from '../../cedar/ast.ts';
import { validate } from '../../cedar/engine.ts';
import { printPolicy } from '../../cedar/print.ts';
import { MODEL, and, attribute, entity, equal, has, lib, literal, not, or, variable } from './fixture.ts';
import { schemaOf } from './fixture-schema.ts';

/** Small policies over the fixture that validate strictly, and mix what the gateway knows with what it does not. */

const long = (value: number): Expr => literal(BigInt(value));
const less = (left: Expr, right: Expr): Expr => ({ kind: 'compare', op: '<', left, right });
const is = (name: 'principal' | 'resource', type: string): Expr => ({
  kind: 'is',
  of: variable(name),
  type: `Lib::${type}`,
});
const isIn = (name: 'principal' | 'resource' | 'action', type: string, id: string): Expr => ({
  kind: 'in',
  left: variable(name),
  right: entity(type, id),
});
const product = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', op: '*', left, right });
const level = attribute('principal', 'level');

const actions: Expr = { kind: 'set', of: [entity('Action', 'POST /docs'), entity('Action', 'read')] };

/** Facts that the gateway has in every request, whatever the action. */
const everywhere: readonly Expr[] = [
  less(level, long(2)),
  less(product(level, level), long(9)),
  equal(attribute('principal', 'kind'), literal('a')),
  attribute('principal', 'suspended'),
  isIn('principal', 'Group', 'STAFF'),
  equal(variable('principal'), entity('Member', 'm1')),
  is('principal', 'Member'),
  and(
    is('principal', 'Member'),
    has('principal', 'nick'),
    equal(attribute('principal', 'nick'), literal('a')),
  ),
  and(is('principal', 'Member'), less(attribute(attribute('principal', 'badge'), 'floor'), long(1))),
  isIn('action', 'Action', 'read'),
  equal(variable('action'), entity('Action', 'POST /docs')),
  equal(entity('Action', 'POST /docs'), variable('action')),
  { kind: 'is', of: variable('action'), type: 'Lib::Action', in: entity('Action', 'read') },
  { kind: 'in', left: variable('action'), right: actions },
  { kind: 'call', method: 'contains', of: actions, with: [variable('action')] },
  equal(
    { kind: 'if', test: less(level, long(2)), yes: variable('action'), no: entity('Action', 'POST /docs') },
    entity('Action', 'POST /docs'),
  ),
  is('resource', 'Doc'),
  and(is('resource', 'Endpoint'), equal(attribute('resource', 'method'), literal('GET'))),
  literal(true),
];

/** Facts that the gateway has of some actions only. */
const sometimes: readonly Expr[] = [
  and(has('context', 'reason'), equal(attribute('context', 'reason'), literal('a'))),
  and(has('context', 'amount'), less(attribute('context', 'amount'), long(2))),
  and(has('context', 'amount'), less(product(attribute('context', 'amount'), level), long(2))),
  and(has('context', 'risk'), less(attribute('context', 'risk'), long(2))),
  has('context', 'reason'),
  has('context', 'amount'),
  has('context', 'risk'),
  // Guarded, if at all, by what stands before it.
  equal(attribute('context', 'reason'), literal('a')),
  less(attribute('context', 'amount'), long(1)),
  less(attribute('context', 'risk'), long(1)),
  equal(attribute('context', 'zone'), literal('a')),
  equal(attribute('resource', 'path'), literal('/status')),
  equal(attribute('principal', 'nick'), literal('b')),
  equal(variable('resource'), entity('Doc', '1')),
  equal(variable('resource'), entity('Endpoint', 'GET /status')),
];

const tag = (method: 'hasTag' | 'getTag', of: 'principal' | 'resource'): Expr => ({
  kind: 'call',
  method,
  of: variable(of),
  with: [literal('t')],
});

/** Facts that only the backend has. */
const never: readonly Expr[] = [
  and(is('resource', 'Doc'), attribute('resource', 'public')),
  attribute('resource', 'public'),
  and(is('resource', 'Doc'), has('resource', 'note'), equal(attribute('resource', 'note'), literal('a'))),
  and(is('resource', 'Doc'), equal(attribute('resource', 'owner'), variable('principal'))),
  and(is('resource', 'Doc'), less(product(attribute('resource', 'size'), level), long(3))),
  isIn('resource', 'Folder', 'f1'),
  and(is('resource', 'Doc'), tag('hasTag', 'resource'), equal(tag('getTag', 'resource'), literal('a'))),
  and(is('principal', 'Member'), tag('hasTag', 'principal'), less(tag('getTag', 'principal'), long(2))),
  { kind: 'is', of: variable('resource'), type: 'Lib::Doc', in: entity('Folder', 'f2') },
  equal(attribute('resource', 'tenant'), attribute('principal', 'tenant')),
];

const combine = (atom: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> =>
  fc.letrec<{ body: Expr }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 3 },
      { arbitrary: atom, weight: 3 },
      { arbitrary: fc.tuple(tie('body'), tie('body')).map(([a, b]) => and(a, b)), weight: 3 },
      { arbitrary: fc.tuple(tie('body'), tie('body')).map(([a, b]) => or(a, b)), weight: 2 },
      { arbitrary: tie('body').map(not), weight: 1 },
      {
        arbitrary: fc
          .tuple(tie('body'), tie('body'), tie('body'))
          .map(([test, yes, no]): Expr => ({ kind: 'if', test, yes, no })),
        weight: 1,
      },
    ),
  })).body;

const principal = fc.constantFrom<EntityScope>(
  { kind: 'any' },
  { kind: 'is', type: 'Lib::Member' },
  { kind: 'in', entity: lib('Group', 'STAFF') },
  { kind: '==', entity: lib('Member', 'm1') },
  { kind: 'is in', type: 'Lib::Robot', entity: lib('Group', 'STAFF') },
);

const resource = fc.constantFrom<EntityScope>(
  { kind: 'any' },
  { kind: 'is', type: 'Lib::Doc' },
  { kind: 'is', type: 'Lib::Endpoint' },
  { kind: '==', entity: lib('Doc', '1') },
  { kind: 'in', entity: lib('Folder', 'f1') },
  { kind: 'in', entity: lib('Endpoint', 'GET /status') },
  { kind: 'is in', type: 'Lib::Doc', entity: lib('Folder', 'f2') },
);

const names = [...Object.keys(MODEL.actions), ...Object.keys(MODEL.actionGroups)];

const action = fc.oneof(
  fc.constant<ActionScope>({ kind: 'any' }),
  fc
    .constantFrom(...Object.keys(MODEL.actions))
    .map((id): ActionScope => ({ kind: '==', action: lib('Action', id) })),
  fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    .map((ids): ActionScope => ({ kind: 'in', actions: ids.map((id) => lib('Action', id)) })),
);

const schema = schemaOf(MODEL, 'full');

export const isValid = (policy: Policy, against: object): boolean =>
  validate({ schema: against, policies: { p: printPolicy(policy, { prefix: '' }) } }).length === 0;

const policies = (over: {
  effect: fc.Arbitrary<Policy['effect']>;
  resource: fc.Arbitrary<EntityScope>;
  body: fc.Arbitrary<Expr>;
}): fc.Arbitrary<Policy> =>
  fc
    .record<Policy>({
      id: fc.constant('p'),
      effect: over.effect,
      principal,
      action,
      resource: over.resource,
      clauses: fc.array(
        fc.record({ kind: fc.constantFrom('when' as const, 'unless' as const), body: over.body }),
        {
          maxLength: 2,
        },
      ),
      annotations: fc.constant({}),
    })
    .filter((policy) => isValid(policy, schema));

/** Any valid policy. */
export const validPolicy: fc.Arbitrary<Policy> = policies({
  effect: fc.constantFrom('permit', 'permit', 'forbid'),
  resource,
  body: combine(fc.constantFrom(...everywhere, ...sometimes, ...never)),
});

/** A forbid that reads nothing but what the gateway always knows. */
export const knownForbid: fc.Arbitrary<Policy> = policies({
  effect: fc.constant('forbid'),
  resource: fc.constantFrom<EntityScope>({ kind: 'any' }, { kind: 'is', type: 'Lib::Doc' }),
  body: combine(fc.constantFrom(...everywhere)),
});
