/** What an HTTP API itself answers: no more than a message. */
export interface HttpError {
  readonly status: number;
  readonly message: string;
}

export const httpErrors = {
  unauthorized: { status: 401, message: 'Unauthorized' },
  forbidden: { status: 403, message: 'Forbidden' },
  notFound: { status: 404, message: 'Not Found' },
  requestTooLarge: { status: 413, message: 'Request Entity Too Large' },
  throttled: { status: 429, message: 'Too Many Requests' },
  /** The authorizer threw, ran out of time, or answered something else than it may. */
  failure: { status: 500, message: 'Internal Server Error' },
  /** The integration did not answer, or not in time. */
  unavailable: { status: 503, message: 'Service Unavailable' },
} as const satisfies Record<string, HttpError>;
