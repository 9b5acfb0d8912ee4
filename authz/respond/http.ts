import type { APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import type { Allowed } from './allowed.ts';
import type { Refusal } from './reasons.ts';

export type HttpAnswer = APIGatewaySimpleAuthorizerWithContextResult<Readonly<Record<string, string>>>;

/**
 * Simple responses of payload format 2.0. They name no route: what the gateway remembers of one holds for every request
 * with the same identity sources.
 */
export const allowHttp = (allowed: Allowed): HttpAnswer => ({ isAuthorized: true, context: { ...allowed } });

/**
 * 403 for every refusal. Of HTTP APIs no way to a 401 is documented but a missing identity source: an error, whatever
 * its message, is a 500.
 */
export const refuseHttp = ({ reason }: Refusal, decisionId: string): HttpAnswer => ({
  isAuthorized: false,
  context: { decisionId, reason },
});
