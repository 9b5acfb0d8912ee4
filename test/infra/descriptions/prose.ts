import type { Description } from './description.ts';

const inputs = (properties: Readonly<Record<string, Description>>): Description => ({
  type: 'object',
  properties,
});
const TEXT: Description = { type: 'text', min: 1 };
const POSITIVE: Description = { type: 'number', min: 1 };
const UP_TO_2048: Description = { type: 'text', pattern: '(?:1?\\d{1,3}|20[0-3]\\d|204[0-8])' };
const STAGE_NAME: Description = { type: 'text', pattern: '[A-Za-z0-9_-]{1,128}' };
const HTTP_METHOD: Description = {
  type: 'text',
  enum: ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
};
const LAMBDA_URI: Description = {
  type: 'text',
  pattern: 'arn:aws:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/arn:aws:lambda:\\S+/invocations',
};

/**
 * Limits that the services state in words alone: in botocore's texts of the same operations unless another source is
 * named. By Pulumi type or part of a document; properties are the program's own inputs.
 */
export const PROSE: Readonly<Record<string, Description>> = {
  'aws:sqs/queue:Queue': inputs({ name: { type: 'text', min: 1, max: 80, pattern: '[A-Za-z0-9_-]+' } }),
  'aws:lambda/function:Function': inputs({
    // "the maximum allowed value is 900 seconds": 5,400 are for what runs on Lambda Managed Instances.
    timeout: { type: 'integer', min: 1, max: 900 },
    environment: inputs({
      variables: { type: 'map', each: { type: 'text' }, keys: { type: 'text', pattern: '[A-Z][A-Z0-9_]*' } },
    }),
  }),
  'aws:lambda/eventSourceMapping:EventSourceMapping': inputs({
    // -1: no limit. Anything else below 60 is none (Lambda API Reference, CreateEventSourceMapping).
    maximumRecordAgeInSeconds: { type: 'integer', min: 60, max: 604_800 },
  }),
  // Verified Permissions User Guide, quotas: bytes, which the compiler counts; characters are never more.
  'aws:verifiedpermissions/schema:Schema': inputs({
    definition: inputs({ value: { type: 'text', min: 2, max: 100_000 } }),
  }),
  // DynamoDB Developer Guide, quotas: 400 KB of an item, 20 KB of a resource policy.
  'aws:dynamodb/tableItem:TableItem': inputs({ item: { type: 'text', min: 2, max: 400_000 } }),
  'aws:dynamodb/resourcePolicy:ResourcePolicy': inputs({ policy: { type: 'text', min: 2, max: 20_480 } }),
  'aws:cognito/userPool:UserPool': inputs({
    schemas: {
      type: 'list',
      each: inputs({ stringAttributeConstraints: inputs({ minLength: UP_TO_2048, maxLength: UP_TO_2048 }) }),
    },
  }),
  'aws:cognito/userPoolClient:UserPoolClient': inputs({
    // In the units that the program states: 5 minutes to 1 day, and 1 day to 10 years.
    accessTokenValidity: { type: 'integer', min: 5, max: 1440 },
    idTokenValidity: { type: 'integer', min: 5, max: 1440 },
    refreshTokenValidity: { type: 'integer', min: 1, max: 3650 },
    tokenValidityUnits: inputs({
      accessToken: { type: 'text', enum: ['minutes'] },
      idToken: { type: 'text', enum: ['minutes'] },
      refreshToken: { type: 'text', enum: ['days'] },
    }),
  }),
  'aws:cognito/identityProvider:IdentityProvider': inputs({
    providerDetails: {
      ...inputs({
        client_id: TEXT,
        client_secret: TEXT,
        attributes_request_method: { type: 'text', enum: ['GET', 'POST'] },
        oidc_issuer: { type: 'text', pattern: 'https://\\S+' },
        authorize_scopes: { type: 'text', pattern: '(?:\\S+ )*openid(?: \\S+)*' },
      }),
      required: [
        'client_id',
        'client_secret',
        'attributes_request_method',
        'oidc_issuer',
        'authorize_scopes',
      ],
    },
  }),
  // API Gateway Developer Guide, "API Gateway API key": 20 to 128 characters.
  'aws:apigateway/apiKey:ApiKey': inputs({ value: { type: 'text', min: 20, max: 128 } }),
  'aws:apigateway/stage:Stage': inputs({ stageName: STAGE_NAME }),
  'aws:apigatewayv2/stage:Stage': inputs({
    name: { type: 'text', pattern: '\\$default|[A-Za-z0-9_-]{1,128}' },
    defaultRouteSettings: inputs({ throttlingBurstLimit: POSITIVE, throttlingRateLimit: POSITIVE }),
  }),
  // Above the account's 10,000 a second a plan would promise what the account does not have.
  'aws:apigateway/usagePlan:UsagePlan': inputs({
    throttleSettings: inputs({ rateLimit: { type: 'number', min: 1, max: 10_000 }, burstLimit: POSITIVE }),
  }),
  'aws:apigatewayv2/api:Api': inputs({
    corsConfiguration: inputs({ maxAge: { type: 'integer', max: 86_400 } }),
  }),
  'aws:apigatewayv2/integration:Integration': inputs({
    integrationMethod: HTTP_METHOD,
    integrationUri: { type: 'text', pattern: 'https?://\\S+' },
    requestParameters: {
      type: 'map',
      keys: { type: 'text', pattern: 'integration\\.request\\.header\\.[A-Za-z0-9-]+' },
      each: {
        type: 'text',
        pattern: "route\\.request\\.header\\.[A-Za-z0-9-]+|context\\.[A-Za-z.]+|'[^']+'",
      },
    },
  }),
  'aws:apigatewayv2/route:Route': inputs({
    routeKey: { type: 'text', enum: ['$connect', '$default', '$disconnect'] },
    target: { type: 'text', pattern: 'integrations/[a-z0-9]+' },
  }),
  'rest/authorizer': inputs({
    // "The maximum value is 3600, or 1 hour."
    authorizerResultTtlInSeconds: { type: 'integer', min: 0, max: 3600 },
    authorizerUri: LAMBDA_URI,
    identitySource: {
      type: 'text',
      pattern: '(?:(?:^|, )(?:method\\.request\\.header\\.[\\w-]+|context\\.\\w+))+',
    },
  }),
  'rest/integration': inputs({
    httpMethod: HTTP_METHOD,
    uri: { type: 'text', pattern: 'https?://\\S+' },
    passthroughBehavior: { type: 'text', enum: ['when_no_match', 'when_no_templates', 'never'] },
    requestParameters: {
      type: 'map',
      keys: { type: 'text', pattern: 'integration\\.request\\.(?:header|path|querystring)\\.[\\w-]+' },
      each: {
        type: 'text',
        pattern: "method\\.request\\.(?:header|path|querystring)\\.[\\w-]+|context\\.[A-Za-z.]+|'[^']+'",
      },
    },
  }),
  'rest/integration-response': inputs({
    responseParameters: {
      type: 'map',
      keys: { type: 'text', pattern: 'method\\.response\\.header\\.[\\w-]+' },
      each: { type: 'text', pattern: "'[^']+'" },
    },
  }),
  'rest/gateway-response': inputs({
    responseParameters: {
      type: 'map',
      keys: { type: 'text', pattern: 'gatewayresponse\\.header\\.[\\w-]+' },
      each: { type: 'text', pattern: "'[^']+'" },
    },
  }),
  'http/authorizer': inputs({
    authorizerUri: LAMBDA_URI,
    authorizerPayloadFormatVersion: { type: 'text', enum: ['1.0', '2.0'] },
    identitySource: {
      type: 'text',
      pattern: '(?:(?:^|, )\\$(?:request\\.header\\.[\\w-]+|context\\.\\w+))+',
    },
  }),
  'http/integration': inputs({
    httpMethod: HTTP_METHOD,
    // "supported values are 1.0 and 2.0", and of everything but Lambda 1.0.
    payloadFormatVersion: { type: 'text', enum: ['1.0'] },
    uri: { type: 'text', pattern: 'https?://\\S+' },
    requestParameters: {
      type: 'map',
      keys: {
        type: 'text',
        pattern: '(?:append|overwrite|remove):header\\.(?!x-amz|apigw-|access-control-)[a-z-]+',
      },
      each: { type: 'text', pattern: "\\$context\\.[A-Za-z.]+|''|[!-#%-~]+" },
    },
  }),
};
