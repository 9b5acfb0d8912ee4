import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Json } from '../aws/input.ts';
import { issuerOf } from '../cognito/tokens/issuer.ts';
import { AwsError } from '../aws/service.ts';
import { invalid } from './errors.ts';
import { readOptionalText } from './fields.ts';
import type { IdentitySource } from './identity-source.ts';
import type { Store } from './store.ts';

/** Whose token it is, and what it claims, after all that Verified Permissions checks of it. */
export interface VerifiedClaims {
  readonly source: IdentitySource;
  readonly use: 'access' | 'id';
  readonly claims: JWTPayload;
}

/** Verifies the token of a question. @throws AwsError ValidationException */
export type VerifyToken = (store: Store, input: Json) => Promise<VerifiedClaims>;

const USES = { accessToken: 'access', identityToken: 'id' } as const;

/** @param keySetUrl where the signing keys of a user pool are */
export function createVerifyToken(keySetUrl: (userPoolId: string) => string, now: () => number): VerifyToken {
  const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
  const keySetOf = (userPoolId: string) => {
    const known = keySets.get(userPoolId) ?? createRemoteJWKSet(new URL(keySetUrl(userPoolId)));
    keySets.set(userPoolId, known);
    return known;
  };

  return async (store, input) => {
    const [name, token] = tokenOf(input);
    const use = USES[name];
    const [source] = store.identitySources.visible().values();
    if (!source) throw invalid(name, `the policy store ${store.policyStoreId} has no identity source`);
    const claims = await verified(token, name, source, keySetOf(source.userPoolId), new Date(now()));
    // Cognito Developer Guide, "Authorization with Amazon Verified Permissions": of access tokens the client, of ID
    // tokens the audience, and only where clients are configured.
    const client = use === 'access' ? claims['client_id'] : claims.aud;
    if (claims['token_use'] !== use) throw invalid(name, `${name} is no ${use} token`);
    if (source.clientIds.length > 0 && !source.clientIds.some((id) => id === client))
      throw invalid(name, `${name} is of a client that the identity source does not know`);
    return { source, use, claims };
  };
}

/** AWS takes both tokens at once; that is refused here, because nothing says what it decides by. */
function tokenOf(input: Json): [name: keyof typeof USES, token: string] {
  const access = readOptionalText(input, 'accessToken', 'token');
  const identity = readOptionalText(input, 'identityToken', 'token');
  if (access !== undefined && identity === undefined) return ['accessToken', access];
  if (identity !== undefined && access === undefined) return ['identityToken', identity];
  throw invalid('accessToken', 'exactly one of accessToken and identityToken must be given');
}

const KEYS_UNREADABLE: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT']);

async function verified(
  token: string,
  name: string,
  { userPoolId }: IdentitySource,
  keySet: ReturnType<typeof createRemoteJWKSet>,
  currentDate: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keySet, {
      issuer: issuerOf(userPoolId),
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'exp'],
      currentDate,
    });
    return payload;
  } catch (error) {
    // Of jose's errors, only those without a meaning of their own are about fetching the keys.
    const isAboutToken = error instanceof errors.JOSEError && !KEYS_UNREADABLE.has(error.code);
    if (!isAboutToken)
      throw new AwsError('InternalServerException', 'the keys of the user pool cannot be read', {}, 500);
    throw invalid(name, `${name} is not valid: ${error.code}`);
  }
}
