import { LRUCache } from 'lru-cache';
import { isJson } from '../aws/input.ts';
import { evaluate } from '../iam/evaluate.ts';
import { gatewayErrors, type GatewayError } from './errors.ts';
import { authorizerEvent, type AuthorizerEvent, type Stage } from './event.ts';
import type { Matched } from './match.ts';
import type { GatewayRequest } from './request.ts';
import type { RestAuthorizer } from './rest-api.ts';

/** What an authorizer answered, checked. Context values arrive at integrations as strings. */
interface Policy {
  readonly principalId: string;
  readonly document: object;
  readonly context: Readonly<Record<string, string>>;
}

export type Authorization =
  | { readonly allowed: true; readonly context: Readonly<Record<string, string>> }
  | { readonly allowed: false; readonly error: GatewayError };

export type InvokeFunction = (
  functionArn: string,
  event: AuthorizerEvent,
) => Promise<
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: { readonly message: string } }
>;

/** Entries that keep a token each: far more than one machine's clients need, far less than its memory. */
const MAX_REMEMBERED = 10_000;

/** Calls authorizers and remembers their policies, as long and by what key API Gateway does. */
export class AuthorizerFront {
  readonly #invoke: InvokeFunction;
  readonly #now: () => number;
  readonly #cache = new LRUCache<string, { readonly policy: Policy; readonly until: number }>({
    max: MAX_REMEMBERED,
  });

  constructor(invoke: InvokeFunction, now: () => number) {
    this.#invoke = invoke;
    this.#now = now;
  }

  async authorize(
    authorizer: RestAuthorizer,
    stage: Stage,
    request: GatewayRequest,
    matched: Matched,
  ): Promise<Authorization> {
    const values = authorizer.identitySources.map((source) => source(request));
    // Presence is checked even where nothing is cached; the function is not asked.
    if (!values.every((found) => found.some((value) => value !== '')))
      return { allowed: false, error: gatewayErrors.unauthorized };
    const key = JSON.stringify([stage.apiId, stage.name, authorizer.name, ...values]);
    const event = authorizerEvent(stage, request, matched);
    // Not even what an authorizer remembered before its TTL became 0.
    const cached = authorizer.ttlSeconds > 0 ? this.#cached(key) : undefined;
    const policy = cached ?? (await this.#ask(authorizer.functionArn, event));
    if ('status' in policy) return { allowed: false, error: policy };
    // Before it is remembered: a policy that cannot be judged is a failure, and failures are not cached.
    const authorization = judge(policy, event.methodArn);
    if (!cached && authorizer.ttlSeconds > 0) {
      this.#cache.set(key, { policy, until: this.#now() + authorizer.ttlSeconds * 1000 });
    }
    return authorization;
  }

  #cached(key: string): Policy | undefined {
    const found = this.#cache.get(key);
    return found && found.until > this.#now() ? found.policy : undefined;
  }

  async #ask(functionArn: string, event: AuthorizerEvent): Promise<Policy | GatewayError> {
    const answer = await this.#invoke(functionArn, event);
    if (answer.ok) return readPolicy(answer.result) ?? gatewayErrors.authorizerFailure;
    // Exactly this text means 401; any other failure is the authorizer's own.
    return answer.error.message === 'Unauthorized'
      ? gatewayErrors.unauthorized
      : gatewayErrors.authorizerFailure;
  }
}

/** A cached policy is evaluated again for each request: it answers only for the ARNs that it names. */
function judge({ document, context, principalId }: Policy, methodArn: string): Authorization {
  const verdict = evaluate({
    policies: [document],
    action: 'execute-api:Invoke',
    resource: methodArn,
    context: {},
  });
  if (verdict === 'allow')
    return { allowed: true, context: { ...context, principalId: context['principalId'] ?? principalId } };
  return {
    allowed: false,
    error: verdict === 'explicit deny' ? gatewayErrors.explicitDeny : gatewayErrors.implicitDeny,
  };
}

/** Undefined for an answer that API Gateway would call a configuration error. */
function readPolicy(result: unknown): Policy | undefined {
  if (!isJson(result)) return undefined;
  const { principalId, policyDocument, context = {} } = result;
  if (typeof principalId !== 'string' || !isJson(policyDocument) || !isJson(context)) return undefined;
  const entries = Object.entries(context);
  if (entries.some(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))) return undefined;
  return {
    principalId,
    document: policyDocument,
    context: Object.fromEntries(entries.map(([key, value]) => [key, String(value)])),
  };
}
