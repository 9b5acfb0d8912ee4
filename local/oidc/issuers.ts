import type { ClientMetadata } from 'oidc-provider';
import type { HttpAnswer, HttpRoute } from '../endpoint.ts';
import type { Federation } from '../cognito/server.ts';
import type { Tenancy } from './directory.ts';
import type { StandIn } from './stand-in.ts';

/** All issuers of the internet that a running cloud needs. */
export interface Issuers {
  /** Where an issuer is on this machine: one that nobody has asked for yet begins here. */
  urlOf(issuer: string): Promise<string>;
  /** Makes the people of a tenant known to its issuer, in place of those it had there. */
  put(issuer: string, slug: string, tenancy: Tenancy): Promise<void>;
  /** Takes the people of all other tenants away. */
  keepOnly(slugs: readonly string[]): void;
  /** The public documents of issuers, by their addresses on the internet: `/oidc/login.example/.well-known/…`. */
  readonly route: HttpRoute;
  close(): Promise<void>;
}

export interface IssuersArgs {
  /** Of everybody. */
  readonly password: string;
  /** What user pools are to an issuer. */
  readonly federation: (issuer: string, clientId: string) => Federation | undefined;
}

/** Where applications that are no user pools let codes be sent. Nobody listens there. */
export const APPLICATION_CALLBACK = 'http://localhost:3000/callback';
/** Where each issuer is on this machine, for whoever signs in there. */
export const ISSUERS_PATH = '/oidc-issuers';
const DISCOVERY = '/.well-known/openid-configuration';

export function createIssuers({ password, federation }: IssuersArgs): Issuers {
  const running = new Map<string, Promise<StandIn>>();
  const tenancies = new Map<string, string>();

  const start = async (issuer: string): Promise<StandIn> => {
    // A quarter of a second, which a cloud without issuers need not wait for.
    const { startStandIn } = await import('./stand-in.ts');
    const standIn = await startStandIn({
      issuer,
      password,
      clientOf: (id) => metadata(id, federation(issuer, id), isApplication(id)),
    });
    const isApplication = (id: string): boolean => standIn.directory.applicationOf(id) !== undefined;
    return standIn;
  };
  const open = (issuer: string): Promise<StandIn> => {
    const known = running.get(issuer) ?? start(issuer);
    running.set(issuer, known);
    return known;
  };

  return {
    urlOf: async (issuer) => (await open(issuer)).url,
    async put(issuer, slug, tenancy) {
      const before = tenancies.get(slug);
      if (before !== undefined && before !== issuer) (await open(before)).directory.forget(slug);
      tenancies.set(slug, issuer);
      const standIn = await open(issuer);
      standIn.directory.put(slug, tenancy);
      standIn.refresh();
    },
    keepOnly(slugs) {
      for (const [slug, issuer] of tenancies) {
        if (slugs.includes(slug)) continue;
        tenancies.delete(slug);
        void open(issuer).then(({ directory }) => directory.forget(slug));
      }
    },
    async route({ method, path }) {
      if (method === 'GET' && path === ISSUERS_PATH) return asJson(200, await addresses(running));
      const [, rest] = /^\/oidc\/(.+)$/.exec(path) ?? [];
      if (method !== 'GET' || rest === undefined) return undefined;
      return document(`https://${rest}`, running);
    },
    async close() {
      for (const standIn of running.values()) await (await standIn).close();
    },
  };
}

function metadata(
  id: string,
  pool: Federation | undefined,
  isApplication: boolean,
): ClientMetadata | undefined {
  const common: ClientMetadata = {
    client_id: id,
    grant_types: ['authorization_code'],
    response_types: ['code'],
  };
  if (pool)
    return {
      ...common,
      client_secret: pool.secret,
      redirect_uris: [...pool.redirectUris],
      token_endpoint_auth_method: 'client_secret_post',
    };
  return isApplication
    ? {
        ...common,
        redirect_uris: [APPLICATION_CALLBACK],
        token_endpoint_auth_method: 'none',
      }
    : undefined;
}

/** As the internet would show it: the addresses in it are the issuer's own. */
async function document(url: string, running: ReadonlyMap<string, Promise<StandIn>>): Promise<HttpAnswer> {
  for (const [issuer, started] of running) {
    const standIn = await started;
    const isDiscovery = url === issuer + DISCOVERY;
    if (!isDiscovery && url !== `${issuer}/jwks` && !standIn.directory.servesKeysAt(url)) continue;
    const { host } = new URL(issuer);
    const answer = await fetch(standIn.url + (isDiscovery ? DISCOVERY : '/jwks'), {
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': host },
    });
    return asJson(answer.status, await answer.json());
  }
  return asJson(404, {});
}

async function addresses(
  running: ReadonlyMap<string, Promise<StandIn>>,
): Promise<Readonly<Record<string, string>>> {
  const urls = [...running].map(async ([issuer, started]) => [issuer, (await started).url] as const);
  return Object.fromEntries(await Promise.all(urls));
}

const asJson = (status: number, body: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
