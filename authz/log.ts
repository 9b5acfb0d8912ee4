import { Logger } from '@aws-lambda-powertools/logger';

/** The structured log of one handler: one JSON object a line. */
export const createLog = (handler: string): Logger => new Logger({ serviceName: `cedarwright-${handler}` });

/**
 * What a log may say of an error: its name. Messages of the AWS SDK, of the engine and of databases quote their
 * input, which holds claim values.
 */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
