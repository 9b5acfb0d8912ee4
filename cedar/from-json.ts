import type { ActionScope, Clause, EntityLiteral, EntityScope, Policy, Slot } from './ast.ts';
import { exprFromJson, list, record, string, uid, unreadable } from './expr-from-json.ts';

const target = (scope: Readonly<Record<string, unknown>>): EntityLiteral | Slot => {
  if (!('slot' in scope)) return uid(scope['entity']);
  if (scope['slot'] === '?principal') return { slot: 'principal' };
  if (scope['slot'] === '?resource') return { slot: 'resource' };
  throw unreadable('an unknown slot');
};

const entityScope = (json: unknown): EntityScope => {
  const scope = record(json);
  switch (scope['op']) {
    case 'All':
      return { kind: 'any' };
    case '==':
    case 'in':
      return { kind: scope['op'], entity: target(scope) };
    case 'is': {
      const type = string(scope['entity_type']);
      return scope['in'] === undefined
        ? { kind: 'is', type }
        : { kind: 'is in', type, entity: target(record(scope['in'])) };
    }
    default:
      throw unreadable('an unknown scope');
  }
};

const actionScope = (json: unknown): ActionScope => {
  const scope = record(json);
  switch (scope['op']) {
    case 'All':
      return { kind: 'any' };
    case '==':
      return { kind: '==', action: uid(scope['entity']) };
    case 'in':
      return {
        kind: 'in',
        actions: 'entities' in scope ? list(scope['entities']).map(uid) : [uid(scope['entity'])],
      };
    default:
      throw unreadable('an unknown scope of actions');
  }
};

const clause = (json: unknown): Clause => {
  const { kind, body } = record(json);
  if (kind !== 'when' && kind !== 'unless') throw unreadable('an unknown clause');
  return { kind, body: exprFromJson(body) };
};

/**
 * A policy or template from the JSON form that the engine gives for a text (`parsePolicy`).
 * Ids of principals and groups keep the prefix that they were printed with.
 * @throws {PolicyError} for integers past 2^53, which that form has already changed, and for unknown constructs
 */
export function policyFromJson(json: unknown, id: string): Policy {
  const { effect, principal, action, resource, conditions, annotations } = record(json);
  if (effect !== 'permit' && effect !== 'forbid') throw unreadable('an unknown effect');
  return {
    id,
    effect,
    principal: entityScope(principal),
    action: actionScope(action),
    resource: entityScope(resource),
    clauses: list(conditions).map(clause),
    annotations: Object.fromEntries(
      // An annotation without a value means the empty text.
      Object.entries(record(annotations ?? {})).map(([name, text]) => [
        name,
        text === null ? '' : string(text),
      ]),
    ),
  };
}
