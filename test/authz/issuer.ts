import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A stand-in for Cognito's key endpoint, which serves the keys of pools and remembers what was asked of it. */
export interface KeyServer {
  readonly origin: string;
  readonly asked: string[];
  /** Pool -> keys. */
  readonly keys: Map<string, JWK[]>;
  /** Answers this status instead, while set. */
  fail: number | undefined;
  close(): Promise<void>;
}

export async function startKeyServer(): Promise<KeyServer> {
  const asked: string[] = [];
  const keys = new Map<string, JWK[]>();
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    const found = keys.get(url.split('/')[1] ?? '');
    const status = state.fail ?? (found ? 200 : 404);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? { keys: found } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: KeyServer = {
    origin: `http://127.0.0.1:${portOf(server)}`,
    asked,
    keys,
    fail: undefined,
    close: () => closeServer(server),
  };
  return state;
}

export const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens to no port');
  return address.port;
};

export const closeServer = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
};

/** A key pair and what can be made with it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  /** The public half as text, as an attacker has it. */
  readonly publicPem: string;
}

/** Whose key: one each for a test process, because a pair takes 0.15 s of a processor. */
export type Owner = 'the issuer' | 'the issuer, later' | 'somebody else';
const pairs = new Map<Owner, ReturnType<typeof newPair>>();
const newPair = () => generateKeyPair('RS256', { extractable: true });

export async function signingKey(kid: string, owner: Owner = 'the issuer'): Promise<SigningKey> {
  const pair = pairs.get(owner) ?? newPair();
  pairs.set(owner, pair);
  const { publicKey, privateKey } = await pair;
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    publicPem: await exportSPKI(publicKey),
  };
}

export const sign = (
  { privateKey, kid }: Pick<SigningKey, 'privateKey' | 'kid'>,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
