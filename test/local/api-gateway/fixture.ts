import { createServer, type IncomingMessage } from 'node:http';
import type { InvokeFunction } from '../../../local/api-gateway/authorizer.ts';
import type { AuthorizerEvent } from '../../../local/api-gateway/event.ts';
import { readRestApi } from '../../../local/api-gateway/rest-api.ts';
import { createGateway } from '../../../local/api-gateway/server.ts';
import { createUsagePlans, type UsagePlans } from '../../../local/api-gateway/usage-plans.ts';
import { close, listen } from '../../../local/loopback.ts';
import { documentFor } from './document.ts';

export const STAGE = {
  apiId: 'api',
  name: 'live',
  account: '000000000000',
  arn: 'arn:aws:execute-api:us-east-1:000000000000:api/live',
};

/** What the authorizer answers to an event; throws to fail with that message. */
export type Answer = (event: AuthorizerEvent) => unknown;

export const policy = (
  effect: 'Allow' | 'Deny',
  resource: string,
  context: object = {},
  usageIdentifierKey?: string,
): object => ({
  principalId: 'someone',
  ...(usageIdentifierKey !== undefined && { usageIdentifierKey }),
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }],
  },
  context,
});

export interface Fixture {
  readonly url: string;
  /** Events that reached the authorizer. */
  readonly events: AuthorizerEvent[];
  /** Requests that reached the backend. */
  readonly forwarded: IncomingMessage[];
  readonly usagePlans: UsagePlans;
  /** ARNs of authorizers as which the function was invoked. */
  readonly invokedAs: string[];
  answer: Answer;
  now: number;
  /** Serves another document from now on. */
  deploy(change: (document: string) => string): void;
  close(): Promise<void>;
}

/** A gateway before a backend that answers 200, with routes on both authorizers. */
export async function startGateway(): Promise<Fixture> {
  const events: AuthorizerEvent[] = [];
  const forwarded: IncomingMessage[] = [];
  const backend = createServer((request, response) => {
    forwarded.push(request);
    response.end(`${request.method} ${request.url}`);
  });
  const backendUrl = `http://127.0.0.1:${await listen(backend, 0)}`;
  const answer: Answer = (event) => policy('Allow', event.methodArn);
  const usagePlans = createUsagePlans(() => fixture.now);
  const invokedAs: string[] = [];
  const fixture = { events, forwarded, usagePlans, invokedAs, now: 0, answer };
  const invoke: InvokeFunction<AuthorizerEvent> = async (_, event, authorizerArn) => {
    events.push(event);
    invokedAs.push(authorizerArn);
    try {
      return { ok: true, result: fixture.answer(event) };
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  };
  const document = JSON.stringify(documentFor(backendUrl));
  let api = readRestApi(document);
  const gateway = createGateway({
    invoke,
    deployed: () => ({ stage: STAGE, ...api }),
    usagePlans,
    now: () => fixture.now,
  });
  const url = `http://127.0.0.1:${await listen(gateway, 0)}`;
  return Object.assign(fixture, {
    url,
    deploy(change: (document: string) => string) {
      api = readRestApi(change(document));
    },
    async close() {
      await close(gateway);
      await close(backend);
    },
  });
}
