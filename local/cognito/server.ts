import type { Json } from '../aws/input.ts';
import { AwsError, type AwsJsonService } from '../aws/service.ts';
import type { HttpRoute } from '../endpoint.ts';
import type { Iam } from '../iam/authorize.ts';
import { invalidParameter } from './errors.ts';
import { pagesRoute } from './oauth/pages.ts';
import { responsePage } from './oauth/provider.ts';
import { clientOperations } from './operations/clients.ts';
import { domainOperations } from './operations/domains.ts';
import { groupOperations } from './operations/groups.ts';
import { identityProviderOperations } from './operations/identity-providers.ts';
import type { Operations } from './operations/operations.ts';
import { ownAccountOperations } from './operations/own-account.ts';
import { poolOperations } from './operations/pools.ts';
import { resourceServerOperations } from './operations/resource-servers.ts';
import { signInOperations } from './operations/sign-in.ts';
import { userOperations } from './operations/users.ts';
import { createState, type Places } from './state.ts';
import type { InvokeTrigger } from './tokens/pre-token-trigger.ts';
import { createKeyStore, type KeyStore } from './tokens/signing-keys.ts';
import { wellKnownRoute } from './well-known.ts';

export interface CognitoArgs {
  readonly iam: Iam;
  readonly region: string;
  readonly account: string;
  readonly invoke: InvokeTrigger;
  readonly places: Places;
  /** By default keys live as long as the process. */
  readonly keys?: KeyStore;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

export interface Cognito {
  readonly service: AwsJsonService;
  /** Key sets and discovery documents; sign-in pages and token endpoints. */
  readonly routes: readonly HttpRoute[];
  /** What a pool is to an identity provider: nothing for a client that no pool is. */
  federation(issuer: string, clientId: string): Federation | undefined;
}

/** A client of an identity provider. */
export interface Federation {
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

/** Amazon Cognito user pools. Tokens carry the issuers of AWS; all state is in memory and goes with the process. */
export function createCognito({
  iam,
  region,
  account,
  invoke,
  places,
  keys = createKeyStore(),
  now = Date.now,
}: CognitoArgs): Cognito {
  const state = createState({ region, account, invoke, places, keys, now });
  const operations: Operations = {
    ...poolOperations(state),
    ...clientOperations(state),
    ...domainOperations(state),
    ...identityProviderOperations(state),
    ...resourceServerOperations(state),
    ...groupOperations(state),
    ...userOperations(state),
    ...signInOperations(state),
    ...ownAccountOperations(state),
  };
  const service: AwsJsonService = {
    target: 'AWSCognitoIdentityProviderService',
    version: '1.1',
    async call(operation, input, caller) {
      const run = operations[operation];
      if (!run)
        throw new AwsError('UnknownOperationException', `The embedded cloud does not know ${operation}`);
      if (!PUBLIC.includes(operation)) {
        const resource = resourceOf(input, region, account);
        iam.authorize({ caller, action: `cognito-idp:${operation}`, resource });
      }
      return inOwnWords(() => run(input));
    },
  };
  return {
    service,
    routes: [wellKnownRoute(state), pagesRoute(state)],
    federation(issuer, clientId) {
      const pools = [...state.pools.values()];
      const found = pools.flatMap((pool) =>
        [...pool.identityProviders.values()]
          .filter((provider) => provider.issuer === issuer && provider.clientId === clientId)
          .map((provider) => ({ secret: provider.clientSecret, redirectUri: responsePage(places, pool) })),
      );
      const [first] = found;
      return first && { secret: first.secret, redirectUris: found.map(({ redirectUri }) => redirectUri) };
    },
  };
}

/** Operations that need no AWS credentials (Cognito Developer Guide, "Understanding API authentication"). */
const PUBLIC = ['InitiateAuth', 'SignUp', 'GetUser', 'UpdateUserAttributes', 'RevokeToken'];

const resourceOf = ({ UserPoolId: id }: Json, region: string, account: string): string =>
  typeof id === 'string' ? `arn:aws:cognito-idp:${region}:${account}:userpool/${id}` : '*';

/** Other services call a parameter of a wrong type a ValidationException; this one does not know that error. */
async function inOwnWords(run: () => object | Promise<object>): Promise<object> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ValidationException')
      throw invalidParameter(error.message);
    throw error;
  }
}
