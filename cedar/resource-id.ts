import { UNKNOWN_RESOURCE_ID } from './model.ts';

/** UTF-8 bytes of an id: the method ARN that carries it ends at 1600 bytes, the policy's resource at 512 characters. */
const MAX_BYTES = 200;

// Escapes may grow a character to three bytes of URL, so a longer segment cannot be a short enough id.
const MAX_RAW_LENGTH = MAX_BYTES * 3;

export type ResourceIdRefusal =
  | 'empty' | 'too long' | 'reserved' | 'malformed escape' | 'invalid UTF-8' | 'slash' | 'dot segment'
  | 'control character' | 'wildcard' | 'policy variable'; // prettier-ignore

export type ResourceIdResult =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: ResourceIdRefusal };

const ESCAPES = /%([0-9a-f]{2})?/gi;

const refusalOf = (id: string): ResourceIdRefusal | undefined => {
  if (id === '') return 'empty';
  if (id === UNKNOWN_RESOURCE_ID) return 'reserved';
  if (/[/\\]/.test(id)) return 'slash';
  if (id === '.' || id === '..') return 'dot segment';
  if (/\p{Cc}/u.test(id)) return 'control character';
  // The id becomes part of a method ARN in an IAM policy, where these match more than themselves
  // (IAM User Guide, policy elements: Resource; wildcards, policy variables).
  if (/[*?]/.test(id)) return 'wildcard';
  if (id.includes('${')) return 'policy variable';
  return Buffer.byteLength(id, 'utf8') > MAX_BYTES ? 'too long' : undefined;
};

/**
 * The entity id that one segment of a URL's path names: percent-decoded exactly once. Gateway and backend both ask
 * here, so that they never decide about different resources. Whatever some other part might read differently is refused.
 */
export function resourceIdOf(rawSegment: string): ResourceIdResult {
  if (rawSegment.length > MAX_RAW_LENGTH) return { ok: false, reason: 'too long' };
  if ([...rawSegment.matchAll(ESCAPES)].some(([, digits]) => digits === undefined)) {
    return { ok: false, reason: 'malformed escape' };
  }
  let id: string;
  try {
    id = decodeURIComponent(rawSegment);
  } catch {
    return { ok: false, reason: 'invalid UTF-8' };
  }
  if (/\p{Surrogate}/u.test(id)) return { ok: false, reason: 'invalid UTF-8' };
  const reason = refusalOf(id);
  return reason ? { ok: false, reason } : { ok: true, id };
}
