import { isJson } from '../../aws/input.ts';
import type { Invocation } from '../host.ts';

/** How often and for how long a batch is tried. */
export interface RetryPolicy {
  /** After the first delivery; -1: as often as it takes. */
  readonly maximumRetryAttempts: number;
  /** -1: no limit. */
  readonly maximumRecordAgeSeconds: number;
  /** Split a batch in two when the function failed. */
  readonly bisect: boolean;
  /** The function names the items that it could not handle (`ReportBatchItemFailures`). */
  readonly reportsItemFailures: boolean;
}

/** Records that are to be delivered together, and how often that was tried. */
export interface Batch<T> {
  readonly records: readonly T[];
  readonly attempts: number;
}

/** Item identifiers that the answer names as failed; undefined where all of the batch failed. */
export function failedItems(answer: Invocation, reportsItemFailures: boolean): readonly string[] | undefined {
  if (!answer.ok) return undefined;
  const reported = isJson(answer.result) ? answer.result['batchItemFailures'] : undefined;
  if (!reportsItemFailures || reported === undefined || reported === null) return [];
  // "Empty or null identifier, or a bad key": the whole batch (Lambda Developer Guide, partial batch responses).
  const entries: readonly unknown[] = Array.isArray(reported) ? reported : [undefined];
  const identifiers = entries.map((entry) => (isJson(entry) ? entry['itemIdentifier'] : undefined));
  return identifiers.every((one): one is string => typeof one === 'string' && one !== '')
    ? identifiers
    : undefined;
}

/**
 * What a stream's poller does after a delivery.
 * @param identify the sequence number of a record
 * @returns the batches to deliver next, in order, or the one that was tried for the last time
 */
export function afterDelivery<T>(
  batch: Batch<T>,
  answer: Invocation,
  policy: RetryPolicy,
  identify: (record: T) => string,
): { readonly next: readonly Batch<T>[] } | { readonly exhausted: Batch<T> } {
  const { records, attempts } = batch;
  const failed = failedItems(answer, policy.reportsItemFailures);
  if (failed?.length === 0) return { next: [] };
  const position = (identifier: string): number => records.findIndex((one) => identify(one) === identifier);
  const positions = (failed ?? []).map(position);
  // Nothing after the lowest failed sequence number counts as done: order is kept.
  const lowest = positions.includes(-1) || positions.length === 0 ? 0 : Math.min(...positions);
  const rest = records.slice(lowest);
  // The checkpoint moved, so this is another batch. Whether AWS counts it so is not documented; it is bounded either way.
  if (lowest > 0) return { next: [{ records: rest, attempts: 0 }] };
  // A split does not consume a retry (Lambda Developer Guide, "Bisect batch on function error").
  if (policy.bisect && failed === undefined && rest.length > 1) {
    const half = Math.ceil(rest.length / 2);
    return { next: [rest.slice(0, half), rest.slice(half)].map((part) => ({ records: part, attempts })) };
  }
  if (policy.maximumRetryAttempts >= 0 && attempts >= policy.maximumRetryAttempts)
    return { exhausted: { records: rest, attempts } };
  return { next: [{ records: rest, attempts: attempts + 1 }] };
}
