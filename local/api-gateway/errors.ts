/** What API Gateway itself answers. The casing of `Message` and `message` is the platform's, not a slip. */
export interface GatewayError {
  readonly status: number;
  readonly type: string;
  readonly body: object;
}

export const gatewayErrors = {
  unauthorized: { status: 401, type: 'UnauthorizedException', body: { message: 'Unauthorized' } },
  implicitDeny: {
    status: 403,
    type: 'AccessDeniedException',
    body: { Message: 'User is not authorized to access this resource' },
  },
  explicitDeny: {
    status: 403,
    type: 'AccessDeniedException',
    body: { Message: 'User is not authorized to access this resource with an explicit deny' },
  },
  /** Also what a path or method without a route is answered. */
  noRoute: {
    status: 403,
    type: 'MissingAuthenticationTokenException',
    body: { message: 'Missing Authentication Token' },
  },
  /** The method demands an API key, and the authorizer named none of the stage's usage plans. */
  noKey: { status: 403, type: 'ForbiddenException', body: { message: 'Forbidden' } },
  throttled: { status: 429, type: 'TooManyRequestsException', body: { message: 'Too Many Requests' } },
  /** The authorizer threw, ran out of time, or answered something that is no policy. */
  authorizerFailure: { status: 500, type: 'InternalServerErrorException', body: { message: null } },
  requestTooLarge: {
    status: 413,
    type: 'RequestEntityTooLargeException',
    body: { message: 'Request Too Long' },
  },
  uriTooLong: {
    status: 414,
    type: 'RequestUriTooLongException',
    body: { message: 'Request URI too long' },
  },
  integrationFailure: {
    status: 504,
    type: 'GatewayTimeoutException',
    body: { message: 'Network error communicating with endpoint' },
  },
  integrationTimeout: {
    status: 504,
    type: 'GatewayTimeoutException',
    body: { message: 'Endpoint request timed out' },
  },
} as const satisfies Record<string, GatewayError>;
