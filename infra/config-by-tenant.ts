import { isObject } from '../authz/item-shape.ts';
import type { Parse } from './config-values.ts';

/** Readers of configuration values that tenants have each of their own, as JSON. */

/** Secrets by tenant, or by `default`. Never quoted when they are wrong. */
export const secretsByTenant: Parse<Readonly<Record<string, string>>> = (text) => {
  const given = readObject(text);
  const isSecret = (one: unknown): one is string => typeof one === 'string' && one !== '';
  return given && hasOnly(given, isSecret)
    ? { value: given }
    : { wrong: 'is not an object of secrets by tenant, none of them empty' };
};

/**
 * Where a tenant's applications may be sent back to. Cognito takes `http` for localhost alone, and no fragment (API
 * Reference, CreateUserPoolClient).
 */
export const callbacksByTenant: Parse<Readonly<Record<string, readonly string[]>>> = (text) => {
  const given = readObject(text);
  const wrong =
    'is not an object of lists by tenant, each of addresses such as https://app.example.com/callback';
  if (!given || !hasOnly(given, isTexts)) return { wrong };
  for (const [slug, urls] of Object.entries(given)) {
    if (urls.length === 0 || urls.length > 100) return { wrong: `has not 1 to 100 addresses for ${slug}` };
    const other = urls.find((url) => !isCallback(url));
    if (other !== undefined)
      return {
        wrong: `has ${JSON.stringify(other)} for ${slug}: https, or http://localhost, without a fragment`,
      };
  }
  return { value: given };
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const hasOnly = <T>(
  given: Readonly<Record<string, unknown>>,
  is: (value: unknown) => value is T,
): given is Readonly<Record<string, T>> => Object.values(given).every(is);

function isCallback(text: string): boolean {
  if (!URL.canParse(text) || text.includes('#')) return false;
  const { protocol, hostname } = new URL(text);
  // Apps on a phone have schemes of their own; those that run scripts or show what they are given are none.
  if (['javascript:', 'data:', 'vbscript:', 'file:', 'blob:'].includes(protocol)) return false;
  return protocol !== 'http:' || hostname === 'localhost';
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
