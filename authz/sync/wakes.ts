import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { slugOf } from '../tables/policies.ts';

/** Something that says "look at this tenant". What it says beyond that is not read. */
export interface Wake {
  /** Absent: nothing to do. */
  readonly slug?: string;
  /** How the platform is told that it failed. */
  readonly itemIdentifier: string;
}

/** Of a change in the policy table. Source locations change no policy. */
export function wakeOfChange({ dynamodb = {} }: DynamoDBRecord): Wake {
  const { pk, sk } = dynamodb.Keys ?? {};
  const itemIdentifier = dynamodb.SequenceNumber ?? '';
  return pk?.S === undefined || sk?.S === 'sources'
    ? { itemIdentifier }
    : { slug: slugOf(pk.S), itemIdentifier };
}

/** Of a message in the redrive queue: `{ "slug": "acme" }`. */
export function wakeOfMessage({ body, messageId }: SQSRecord): Wake {
  const slug = slugIn(body);
  return { ...(slug !== undefined && { slug }), itemIdentifier: messageId };
}

export const messageFor = (slug: string): string => JSON.stringify({ slug });

/** Anything else in the queue can never succeed, so it is let go. */
function slugIn(body: string): string | undefined {
  try {
    const { slug }: { slug?: unknown } = JSON.parse(body);
    return typeof slug === 'string' ? slug : undefined;
  } catch {
    return undefined;
  }
}
