import type { ContextAttribute } from '../../cedar/model.ts';
import type { AuthorizationRequest } from '../request/authorization-request.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import { type Refer, cedarValue, cedarValueOfText } from './cedar-value.ts';
import type { CedarJson } from './decider.ts';

/** The facts of a request that context attributes come from. */
export type ContextFacts = Pick<AuthorizationRequest, 'headers' | 'query' | 'sourceIp' | 'time'>;

/** The context that a gateway knows. Facts of the backend are left out: the gateway's policies read none. */
export function gatewayContext(
  declared: Readonly<Record<string, ContextAttribute>>,
  request: ContextFacts,
  refer: Refer,
): { readonly ok: true; readonly context: Readonly<Record<string, CedarJson>> } | Refusal {
  const context: Record<string, CedarJson> = {};
  for (const [name, { from, type, required }] of Object.entries(declared)) {
    if (from.source === 'backend') continue;
    if (from.source === 'time') {
      const value = cedarValue(type, new Date(request.time).toISOString(), refer);
      if (value === undefined) return refuse('INPUT_INVALID');
      context[name] = value;
      continue;
    }
    const text = textOf(from, request);
    if (text === undefined) {
      if (required) return refuse('INPUT_MISSING');
      continue;
    }
    const value = cedarValueOfText(type, text, refer);
    if (value === undefined) return refuse('INPUT_INVALID');
    context[name] = value;
  }
  return { ok: true, context };
}

function textOf(from: ContextAttribute['from'], request: ContextFacts): string | undefined {
  switch (from.source) {
    case 'header':
      return request.headers[from.name];
    case 'query':
      return request.query[from.name];
    case 'sourceIp':
      return request.sourceIp;
    default:
      return undefined;
  }
}
