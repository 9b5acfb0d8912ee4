import { actionEntity, actionType } from '../../../cedar/closure.ts';
import type { AuthorizationRequest, CedarJson, EntityData } from '../../../cedar/engine.ts';
import { withExactLongs } from '../../../cedar/exact-long.ts';
import { GROUP_TYPE, type Model } from '../../../cedar/model.ts';
import { isRecord } from '../../testing/request/value.ts';

/** A decision record: what a gateway or a backend went by, as far as it was kept. See authz/decision-record.ts. */
export interface Recorded {
  readonly decisionId?: string;
  readonly phase: 'gateway' | 'backend';
  readonly decision: 'allow' | 'deny';
  readonly tenant: string;
  readonly action: string;
  readonly principalType: string;
  readonly resourceType: string;
  /** With the facts that were kept, and no others. */
  readonly request: AuthorizationRequest;
}

/**
 * Reads a line of a log: a record alone, or in the `record` of a structured line, whatever stands before its JSON.
 * Undefined for anything else.
 */
export function readRecord(line: string, model: Model): Recorded | undefined {
  const start = line.indexOf('{');
  const json = start === -1 ? undefined : parsed(line.slice(start));
  if (!isRecord(json)) return undefined;
  const record = isRecord(json['record']) ? json['record'] : json;
  const { decisionId, phase, decision, tenant, action, principal, resource, context } = record;
  if (phase !== 'gateway' && phase !== 'backend') return undefined;
  if (decision !== 'allow' && decision !== 'deny') return undefined;
  if (typeof tenant !== 'string' || typeof action !== 'string') return undefined;
  const who = entityOf(principal, model);
  const what = entityOf(resource, model);
  if (!who || !what || !isValues(context)) return undefined;
  const groups = isRecord(principal) && Array.isArray(principal['groups']) ? principal['groups'] : [];
  const parents = groups
    .filter((id) => typeof id === 'string')
    .map((id) => ({ type: `${model.namespace}::${GROUP_TYPE}`, id }));
  const uid = { type: actionType(model), id: action };
  return {
    ...(typeof decisionId === 'string' && { decisionId }),
    phase,
    decision,
    tenant,
    action,
    principalType: who.type,
    resourceType: what.type,
    request: {
      principal: who.data.uid,
      action: uid,
      resource: what.data.uid,
      context,
      entities: [
        { ...who.data, parents },
        ...parents.map((group) => ({ uid: group, attrs: {}, parents: [] })),
        what.data,
        actionEntity(model, uid),
      ],
    },
  };
}

function entityOf(
  json: unknown,
  { namespace }: Model,
): { readonly type: string; readonly data: EntityData } | undefined {
  if (!isRecord(json)) return undefined;
  const { type, id, attributes } = json;
  if (typeof type !== 'string' || typeof id !== 'string' || !isValues(attributes)) return undefined;
  return { type, data: { uid: { type: `${namespace}::${type}`, id }, attrs: attributes, parents: [] } };
}

/** The engine judges the values themselves. */
const isValues = (json: unknown): json is Readonly<Record<string, CedarJson>> => isRecord(json);

function parsed(text: string): unknown {
  try {
    return JSON.parse(withExactLongs(text));
  } catch {
    return undefined;
  }
}
