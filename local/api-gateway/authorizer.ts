import { isJson, type Json } from '../aws/input.ts';
import { evaluate } from '../iam/evaluate.ts';
import { createDecisionMemory } from './decision-memory.ts';
import { gatewayErrors, type GatewayError } from './errors.ts';
import { authorizerArn, authorizerEvent, type AuthorizerEvent, type Stage } from './event.ts';
import type { Matched } from './match.ts';
import type { GatewayRequest } from './request.ts';
import type { RestAuthorizer, RestRoute } from './rest-api.ts';

/** What an authorizer answered, checked. Context values arrive at integrations as strings. */
interface Policy {
  readonly principalId: string;
  readonly document: object;
  readonly context: Readonly<Record<string, string>>;
  readonly usageKey: string | undefined;
}

export type Authorization =
  | {
      readonly allowed: true;
      readonly context: Readonly<Record<string, string>>;
      /** The API key that the authorizer named. */
      readonly usageKey?: string | undefined;
    }
  | { readonly allowed: false; readonly error: GatewayError };

export type Invoked =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: { readonly message: string } };

/** Calls a function as one of an API's authorizers, which the function's policy must permit. */
export type InvokeFunction<Event extends object = object> = (
  functionArn: string,
  event: Event,
  authorizerArn: string,
) => Promise<Invoked>;

export type RestAuthorize = (
  authorizer: RestAuthorizer,
  stage: Stage,
  request: GatewayRequest,
  matched: Matched<RestRoute>,
) => Promise<Authorization>;

/** Calls authorizers and remembers their policies, as long and by what key API Gateway does. */
export function createRestAuthorize(
  invoke: InvokeFunction<AuthorizerEvent>,
  now: () => number,
): RestAuthorize {
  const memory = createDecisionMemory<Policy>(now);
  return async (authorizer, stage, request, matched) => {
    const values = authorizer.identitySources.map((source) => source(request));
    // Presence is checked even where nothing is cached; the function is not asked.
    if (!values.every((found) => found.some((value) => value !== '')))
      return { allowed: false, error: gatewayErrors.unauthorized };
    const key = JSON.stringify([stage.apiId, stage.name, stage.flushes, authorizer.name, ...values]);
    const event = authorizerEvent(stage, request, matched);
    if (Buffer.byteLength(event.methodArn) > MAX_METHOD_ARN_BYTES)
      return { allowed: false, error: gatewayErrors.uriTooLong };
    const cached = memory.get(key, authorizer.ttlSeconds);
    const policy =
      cached ??
      readAnswer(await invoke(authorizer.functionArn, event, authorizerArn(stage, authorizer.name)));
    if ('status' in policy) return { allowed: false, error: policy };
    // Before it is remembered: a policy that cannot be judged is a failure, and failures are not cached.
    const authorization = judge(policy, event.methodArn);
    if (!cached) memory.set(key, policy, authorizer.ttlSeconds);
    return authorization;
  };
}

/** API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer", and its quotas. */
const MAX_METHOD_ARN_BYTES = 1_600;
const MAX_RESOURCE_CHARACTERS = 512;
const MAX_RESULT_BYTES = 8 * 1024;

/** Of REST and WebSocket APIs alike. */
export function readAnswer(answer: Invoked): Policy | GatewayError {
  if (answer.ok) return readPolicy(answer.result) ?? gatewayErrors.authorizerFailure;
  // Exactly this text means 401; any other failure is the authorizer's own.
  return answer.error.message === 'Unauthorized'
    ? gatewayErrors.unauthorized
    : gatewayErrors.authorizerFailure;
}

/** A cached policy is evaluated again for each request: it answers only for the ARNs that it names. */
export function judge(
  { document, context, principalId, usageKey }: Policy,
  methodArn: string,
): Authorization {
  const verdict = evaluate({
    policies: [document],
    action: 'execute-api:Invoke',
    resource: methodArn,
    context: {},
  });
  if (verdict === 'allow')
    return {
      allowed: true,
      context: { ...context, principalId: context['principalId'] ?? principalId },
      usageKey,
    };
  return {
    allowed: false,
    error: verdict === 'explicit deny' ? gatewayErrors.explicitDeny : gatewayErrors.implicitDeny,
  };
}

/** Undefined for an answer that API Gateway would call a configuration error. */
function readPolicy(result: unknown): Policy | undefined {
  if (!isJson(result)) return undefined;
  const { principalId, policyDocument, context = {}, usageIdentifierKey: usageKey } = result;
  if (typeof principalId !== 'string' || !isJson(policyDocument) || !isJson(context)) return undefined;
  if (usageKey !== undefined && typeof usageKey !== 'string') return undefined;
  if (Buffer.byteLength(JSON.stringify(result)) > MAX_RESULT_BYTES) return undefined;
  if (resourcesOf(policyDocument).some((resource) => String(resource).length > MAX_RESOURCE_CHARACTERS))
    return undefined;
  const entries = Object.entries(context);
  if (entries.some(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))) return undefined;
  return {
    principalId,
    document: policyDocument,
    context: Object.fromEntries(entries.map(([key, value]) => [key, String(value)])),
    usageKey,
  };
}

const resourcesOf = ({ Statement }: Json): unknown[] =>
  [Statement].flat().flatMap((statement) => (isJson(statement) ? [statement['Resource']].flat() : []));
