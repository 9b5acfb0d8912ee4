import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../aws/input.ts';
import { conflict, type ResourceType } from './errors.ts';
import { readOptionalText } from './fields.ts';

/** "Verified Permissions recognizes a ClientToken for eight hours" (API Reference, CreatePolicy). */
const REMEMBERED_MS = 8 * 60 * 60 * 1000;

/**
 * Makes what a request asks for, once for its client token.
 * @param scope within which tokens are told apart
 * @throws AwsError ConflictException when the token came with another request before
 */
export type Once = (
  scope: { readonly operation: string; readonly resourceType: ResourceType; readonly resourceId: string },
  input: Json,
  make: () => object,
) => object;

export function createOnce(now: () => number): Once {
  const remembered = new Map<
    string,
    { readonly input: Json; readonly result: object; readonly until: number }
  >();

  return ({ operation, resourceType, resourceId }, input, make) => {
    const token = readOptionalText(input, 'clientToken', 'clientToken');
    if (token === undefined) return make();
    for (const [key, { until }] of remembered) if (until <= now()) remembered.delete(key);
    const key = JSON.stringify([operation, resourceId, token]);
    const before = remembered.get(key);
    if (before && !isDeepStrictEqual(before.input, input))
      throw conflict('The client token was used with other parameters', resourceType, resourceId);
    if (before) return before.result;
    const result = make();
    remembered.set(key, { input, result, until: now() + REMEMBERED_MS });
    return result;
  };
}
