import type { ActionScope, Clause, EntityLiteral, EntityScope, Policy, Slot } from './ast.ts';
import { exprFromPlain } from './expr-from-plain.ts';
import {
  fields,
  malformed,
  readEntity,
  readList,
  readOneOf,
  readPlace,
  readSlot,
  readText,
  readTypeName,
  readUid,
} from './plain-reader.ts';

const readTarget = (json: unknown): EntityLiteral | Slot => {
  if (typeof json === 'object' && json !== null && 'slot' in json) {
    return { slot: readSlot(fields(json, ['slot']).slot) };
  }
  return readEntity(json);
};

const scopeKind = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'kind' in json ? json.kind : undefined;

const readEntityScope = (json: unknown): EntityScope => {
  const kind = scopeKind(json);
  switch (kind) {
    case 'any':
      fields(json, ['kind']);
      return { kind };
    case '==':
    case 'in':
      return { kind, entity: readTarget(fields(json, ['kind', 'entity']).entity) };
    case 'is':
      return { kind, type: readTypeName(fields(json, ['kind', 'type']).type) };
    case 'is in': {
      const { type, entity } = fields(json, ['kind', 'type', 'entity']);
      return { kind, type: readTypeName(type), entity: readTarget(entity) };
    }
    default:
      throw malformed('an unknown scope');
  }
};

const readActionScope = (json: unknown): ActionScope => {
  const kind = scopeKind(json);
  switch (kind) {
    case 'any':
      fields(json, ['kind']);
      return { kind };
    case '==':
      return { kind, action: readUid(fields(json, ['kind', 'action']).action) };
    case 'in': {
      const actions = readList(fields(json, ['kind', 'actions']).actions, readUid);
      if (actions.length === 0) throw malformed('a scope without actions');
      return { kind, actions };
    }
    default:
      throw malformed('an unknown scope of actions');
  }
};

const readClause = (json: unknown): Clause => {
  const { kind, body, at } = fields(json, ['kind', 'body'], ['at']);
  return { ...readPlace(at), kind: readOneOf(kind, ['when', 'unless']), body: exprFromPlain(body) };
};

const readAnnotations = (json: unknown): Record<string, string> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw malformed('annotations are missing');
  return Object.fromEntries(Object.entries(json).map(([name, text]) => [name, readText(text)]));
};

/**
 * A policy from what `policyToPlain` made in another process. That process may run hostile code: the data is
 * rebuilt field by field, and anything that no builder makes is refused.
 * @throws {PolicyError} with code `POLICY_MALFORMED`
 */
export function policyFromPlain(json: unknown): Policy {
  const { id, effect, principal, action, resource, clauses, annotations, at } = fields(
    json,
    ['id', 'effect', 'principal', 'action', 'resource', 'clauses', 'annotations'],
    ['at'],
  );
  return {
    ...readPlace(at),
    id: readText(id),
    effect: readOneOf(effect, ['permit', 'forbid']),
    principal: readEntityScope(principal),
    action: readActionScope(action),
    resource: readEntityScope(resource),
    clauses: readList(clauses, readClause),
    annotations: readAnnotations(annotations),
  };
}
