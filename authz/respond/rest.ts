import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { isTokenReason, type Refusal } from './reasons.ts';

/** What the gateway forwards of an allow: `$context.authorizer.*`, which takes scalars only. */
export interface Allowed {
  readonly tenantId: string;
  readonly principalId: string;
  readonly decisionId: string;
}

/**
 * REST gateways answer 401 to exactly this message and cache nothing; to any other error they answer 500, uncached
 * (API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer").
 */
const UNAUTHORIZED = 'Unauthorized';

/** An allow for this one method and path: a broader one would be replayed from the cache for others. */
export const allowRest = (methodArn: string, allowed: Allowed): APIGatewayAuthorizerResult => ({
  principalId: allowed.principalId,
  policyDocument: policy('Allow', methodArn),
  context: { ...allowed },
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
