import { createHash, timingSafeEqual } from 'node:crypto';
import type { Action, ContextAttribute } from '../../cedar/model.ts';
import type { Refer } from '../decide/cedar-value.ts';
import type { CedarJson } from '../decide/decider.ts';
import { gatewayContext } from '../decide/gateway-context.ts';
import { declaredInputs } from '../request/declared-inputs.ts';
import type { Refusal } from '../respond/reasons.ts';
import type { RawRequest } from './http.ts';

/** What a backend knows of a request beyond its resource. */
export interface Facts {
  readonly request: RawRequest;
  /** Whether the gateway's secret came with it. */
  readonly fromGateway: boolean;
  /** The client's address; undefined unless the gateway's secret came with it. */
  readonly sourceIp: string | undefined;
  /** The id of the decision that let the request through the gateway: for the log, and only beside its secret. */
  readonly gatewayDecisionId: string | undefined;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** Headers of the gateway count only beside its secret: anybody who reaches the backend could send them. */
export function readFacts(request: RawRequest, gatewaySecret: string, time: number): Facts {
  const secret = only(request.headers['x-gateway-secret']) ?? '';
  const trusted = timingSafeEqual(digest(secret), digest(gatewaySecret));
  const fromGateway = (name: string): string | undefined =>
    trusted ? only(request.headers[name]) : undefined;
  return {
    request,
    fromGateway: trusted,
    sourceIp: fromGateway('x-source-ip'),
    gatewayDecisionId: fromGateway('x-decision-id'),
    time,
  };
}

/** A gateway overwrites what a client sent: of two values, one is not the gateway's. */
const only = (values: readonly string[] | undefined): string | undefined =>
  values?.length === 1 ? values[0] : undefined;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The context of a decision. What is not known is left out, and the policies that read it then err, which denies.
 * `own`: the request is this action's own; otherwise (a question of a UI) its headers and query say nothing about it.
 */
export function contextOf(
  action: Action,
  { request, sourceIp, time }: Facts,
  own: boolean,
  refer: Refer,
): { readonly ok: true; readonly context: Readonly<Record<string, CedarJson>> } | Refusal {
  const inputs = declaredInputs(action, request.headers, request.query);
  if (!inputs.ok) return inputs;
  const known = ({ from: { source } }: ContextAttribute): boolean =>
    source === 'time' || (source === 'sourceIp' ? sourceIp !== undefined : own);
  const declared = Object.fromEntries(
    Object.entries(action.context).filter(([, attribute]) => known(attribute)),
  );
  const { headers, query } = inputs;
  return gatewayContext(declared, { headers, query, sourceIp: sourceIp ?? '', time }, refer);
}
