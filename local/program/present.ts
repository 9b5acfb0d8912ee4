import { AwsError } from '../aws/service.ts';
import type { Observed, Properties } from './resource.ts';

/** Of a type that no client of the embedded cloud can change, only take away: what is recorded, while it is there. */
export const recorded = (isThere: boolean, inputs: Properties, state: Properties): Observed | undefined =>
  isThere ? { inputs, state } : undefined;

/** What a service says of something; undefined when it says that it has no such thing. */
export async function present<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AwsError && GONE.has(error.code)) return undefined;
    throw error;
  }
}

const GONE: ReadonlySet<string> = new Set([
  'ResourceNotFoundException',
  'PolicyNotFoundException',
  'NoSuchEntity',
  'NotFoundException',
  'QueueDoesNotExist',
]);
