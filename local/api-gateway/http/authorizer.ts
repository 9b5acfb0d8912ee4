import { isJson } from '../../aws/input.ts';
import type { InvokeFunction } from '../authorizer.ts';
import { createDecisionMemory } from '../decision-memory.ts';
import { authorizerArn, type Stage } from '../event.ts';
import type { Matched } from '../match.ts';
import type { GatewayRequest } from '../request.ts';
import { type HttpError, httpErrors } from './errors.ts';
import { httpAuthorizerEvent, type HttpAuthorizerEvent, routeKeyOf } from './event.ts';
import type { HttpAuthorizer, HttpRoute } from './http-api.ts';

interface SimpleResponse {
  readonly isAuthorized: boolean;
  readonly context: Readonly<Record<string, string>>;
}

export type HttpAuthorization =
  | { readonly allowed: true; readonly context: Readonly<Record<string, string>> }
  | { readonly allowed: false; readonly error: HttpError };

export type HttpAuthorize = (
  authorizer: HttpAuthorizer,
  stage: Stage,
  request: GatewayRequest,
  matched: Matched<HttpRoute>,
) => Promise<HttpAuthorization>;

/**
 * Calls authorizers and remembers their answers. A simple response names no route: it holds for every request whose
 * identity sources have the same values, whatever the function meant.
 */
export function createHttpAuthorize(
  invoke: InvokeFunction<HttpAuthorizerEvent>,
  now: () => number,
): HttpAuthorize {
  const memory = createDecisionMemory<SimpleResponse>(now);
  return async (authorizer, stage, request, matched) => {
    const routeKey = routeKeyOf(matched.route);
    const values = authorizer.identitySources.map((source) => source(request, routeKey));
    if (values.includes('')) return { allowed: false, error: httpErrors.unauthorized };
    const key = JSON.stringify([stage.apiId, stage.name, stage.flushes, authorizer.name, ...values]);
    const cached = memory.get(key, authorizer.ttlSeconds);
    const answer = cached ?? (await ask());
    if (!answer) return { allowed: false, error: httpErrors.failure };
    if (!cached) memory.set(key, answer, authorizer.ttlSeconds);
    const { isAuthorized, context } = answer;
    return isAuthorized ? { allowed: true, context } : { allowed: false, error: httpErrors.forbidden };

    async function ask(): Promise<SimpleResponse | undefined> {
      const event = httpAuthorizerEvent(stage, request, matched, values);
      const invoked = await invoke(authorizer.functionArn, event, authorizerArn(stage, authorizer.name));
      return invoked.ok ? readResponse(invoked.result) : undefined;
    }
  };
}

/** Undefined for an answer of another form. Unlike a REST API's, its context may hold lists and objects. */
function readResponse(result: unknown): SimpleResponse | undefined {
  if (!isJson(result)) return undefined;
  const { isAuthorized, context = {} } = result;
  if (typeof isAuthorized !== 'boolean' || !isJson(context)) return undefined;
  const texts = Object.entries(context).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { isAuthorized, context: Object.fromEntries(texts) };
}
