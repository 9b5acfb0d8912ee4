import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { Allowed } from './allowed.ts';
import { isTokenReason, type Refusal } from './reasons.ts';

/**
 * REST and WebSocket gateways answer 401 to exactly this message and cache nothing; to any other error they answer 500,
 * uncached (API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer").
 */
const UNAUTHORIZED = 'Unauthorized';

/**
 * An allow for this one method and path: a broader one would be replayed from the cache for others.
 * @param usageKey the API key in whose usage plan the request counts. A REST method that demands a key answers 403
 * where none is named
 */
export const allowRest = (
  methodArn: string,
  allowed: Allowed,
  usageKey: string | undefined,
): APIGatewayAuthorizerResult => ({
  principalId: allowed.principalId,
  policyDocument: policy('Allow', methodArn),
  context: { ...allowed },
  ...(usageKey !== undefined && { usageIdentifierKey: usageKey }),
});

/**
 * A refusal that is about the request itself, so that the gateway may remember it. It names every method: an ARN that
 * could not be trusted in an allow must not weaken a deny.
 * @throws Error `Unauthorized` for reasons that a better token would remove
 */
export function refuseRest({ reason }: Refusal, decisionId: string): APIGatewayAuthorizerResult {
  if (isTokenReason(reason)) throw new Error(UNAUTHORIZED);
  return {
    principalId: 'refused',
    policyDocument: policy('Deny', '*'),
    context: { decisionId, reason },
  };
}

const policy = (Effect: 'Allow' | 'Deny', Resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});
