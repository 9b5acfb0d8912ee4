import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWKS, Provider } from 'oidc-provider';
import { close, isForeign, listen, LOOPBACK } from '../loopback.ts';
import { createDirectory, type Directory } from './directory.ts';
import { login } from './login.ts';
import { createProvider, type ProviderArgs } from './provider.ts';

/** Plays one issuer of the internet on this machine: the same tokens, signed by keys of its own. */
export interface StandIn {
  readonly directory: Directory;
  /** Of the issuer on this machine, without a slash at its end. */
  readonly url: string;
  /** To be called after the directory has changed. */
  refresh(): void;
  close(): Promise<void>;
}

export interface StandInArgs extends Pick<ProviderArgs, 'issuer' | 'clientOf'> {
  readonly password: string;
}

export async function startStandIn({ issuer, clientOf, password }: StandInArgs): Promise<StandIn> {
  const directory = createDirectory();
  const path = new URL(issuer).pathname.replace(/\/$/, '');
  const fixed = { issuer, clientOf, directory, path, keys: await newKeys(), cookieKey: secret() };
  let provider = createProvider(fixed);
  const server = createServer((request, response) => {
    serve({ provider, directory, password, path }, request, response).catch(() => response.destroy());
  });
  const port = await listen(server, 0);
  return {
    directory,
    url: `http://${LOOPBACK}:${port}${path}`,
    refresh() {
      // Which claims there are is settled when a provider is made.
      provider = createProvider(fixed);
    },
    close: () => close(server),
  };
}

interface Served {
  readonly provider: Provider;
  readonly directory: Directory;
  readonly password: string;
  readonly path: string;
}

async function serve(
  { path, ...args }: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '/';
  const isOurs = path === '' || url.startsWith(`${path}/`);
  if (isForeign(request) || !isOurs) return void response.writeHead(isOurs ? 403 : 404).end();
  // The provider finds out by the two where it is mounted.
  Object.assign(request, { originalUrl: url });
  request.url = url.slice(path.length);
  if (/^\/interaction\/[\w-]+$/.test(request.url)) return login(args, request, response);
  await args.provider.callback()(request, response);
}

async function newKeys(): Promise<JWKS> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { keys: [{ ...jwk, kty: 'RSA', kid: secret(), alg: 'RS256', use: 'sig' }] };
}

const secret = (): string => randomBytes(32).toString('base64url');
