import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** As a key set shows it. */
  readonly jwk: JWK;
}

/** Cognito signs ID tokens and access tokens of a pool with different keys. */
export interface SigningKeys {
  readonly id: SigningKey;
  readonly access: SigningKey;
}

export interface KeyStore {
  /** The same for a pool for as long as it exists. */
  keysOf(poolId: string): Promise<SigningKeys>;
  forget(poolId: string): void;
}

export const ALGORITHM = 'RS256';

/** Keys that never leave this process. Made when first asked for: a pair takes about a tenth of a second. */
export function createKeyStore(): KeyStore {
  const keys = new Map<string, Promise<SigningKeys>>();
  return {
    async keysOf(poolId) {
      const known = keys.get(poolId) ?? generateKeys();
      keys.set(poolId, known);
      return known;
    },
    forget: (poolId) => void keys.delete(poolId),
  };
}

async function generateKeys(): Promise<SigningKeys> {
  const [id, access] = await Promise.all([generateKey(), generateKey()]);
  return { id, access };
}

async function generateKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const kid = randomBytes(32).toString('base64');
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' },
  };
}
