import { isObject } from '../item-shape.ts';

/**
 * Who a person of a federated pool is to the identity provider: the `sub` there, by which records can know people
 * before they first sign in. Cognito writes the attribute itself (Cognito Developer Guide, "Linking federated users").
 * Undefined for anybody who did not sign in at exactly one provider.
 */
export function federatedSubject(identities: string | undefined): string | undefined {
  const list = parsed(identities ?? '');
  if (!Array.isArray(list) || list.length !== 1) return undefined;
  const [identity]: readonly unknown[] = list;
  const id = isObject(identity) ? identity['userId'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
