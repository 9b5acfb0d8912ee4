import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * A request waits for these, and HTTP and WebSocket gateways give an authorizer 10 s in all: two short attempts each,
 * so that an outage is told as one instead of as a time-out.
 */
const PATIENCE = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
};

export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(PATIENCE));

/** At a sign-in, for which Cognito gives 5 s in all. */
export const secretsClient = (): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
  });

export const verifiedPermissionsClient = (): VerifiedPermissionsClient =>
  new VerifiedPermissionsClient(PATIENCE);
