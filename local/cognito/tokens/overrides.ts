import { isJson, optionalJson, textList, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import type { TriggerVersion } from '../pool.ts';

export type ClaimValue =
  | string
  | number
  | boolean
  | readonly ClaimValue[]
  | { readonly [name: string]: ClaimValue };

export interface ClaimChanges {
  readonly add: Readonly<Record<string, ClaimValue>>;
  readonly suppress: readonly string[];
}

/** What a pre token generation trigger wants changed. */
export interface Overrides {
  readonly id: ClaimChanges;
  readonly access: ClaimChanges;
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
  /** Absent: the user's own. */
  readonly groups?: readonly string[];
}

const NOTHING: ClaimChanges = { add: {}, suppress: [] };
export const NO_OVERRIDES: Overrides = {
  id: NOTHING,
  access: NOTHING,
  scopesToAdd: [],
  scopesToSuppress: [],
};

/**
 * Reads a trigger's result. An answer that leaves the details out changes nothing.
 * @throws AwsError InvalidLambdaResponseException
 */
export function readOverrides(version: TriggerVersion, result: unknown): Overrides {
  try {
    if (!isJson(result)) throw new TypeError('the result is not an object');
    const response = optionalJson(result, 'response') ?? {};
    return version === 'V1_0' ? readFirst(response) : readLater(response);
  } catch {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
}

/** Version 1: claims are text, and go into the ID token only. */
function readFirst(response: Json): Overrides {
  const details = optionalJson(response, 'claimsOverrideDetails');
  if (!details) return NO_OVERRIDES;
  const id = readChanges(details);
  if (Object.values(id.add).some((value) => typeof value !== 'string'))
    throw new TypeError('a claim of version 1 is text');
  return { ...NO_OVERRIDES, ...readGroups(details), id };
}

function readLater(response: Json): Overrides {
  const details = optionalJson(response, 'claimsAndScopeOverrideDetails');
  if (!details) return NO_OVERRIDES;
  const access = optionalJson(details, 'accessTokenGeneration') ?? {};
  const scopesToAdd = textList(access, 'scopesToAdd');
  if (scopesToAdd.some((scope) => !/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope)))
    throw new TypeError('a scope has characters that no scope may have');
  return {
    ...readGroups(details),
    id: readChanges(optionalJson(details, 'idTokenGeneration') ?? {}),
    access: readChanges(access),
    scopesToAdd,
    scopesToSuppress: textList(access, 'scopesToSuppress'),
  };
}

const readChanges = (generation: Json): ClaimChanges => ({
  add: readClaims(optionalJson(generation, 'claimsToAddOrOverride') ?? {}),
  suppress: textList(generation, 'claimsToSuppress'),
});

const readClaims = (claims: Json): Record<string, ClaimValue> =>
  Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, readClaim(value)]));

function readClaim(value: unknown): ClaimValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(readClaim);
  if (isJson(value)) return readClaims(value);
  throw new TypeError('a claim has a value that no token can carry');
}

function readGroups(details: Json): { readonly groups?: readonly string[] } {
  const override = optionalJson(details, 'groupOverrideDetails');
  return override?.['groupsToOverride'] ? { groups: textList(override, 'groupsToOverride') } : {};
}
