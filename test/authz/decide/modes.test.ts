import {
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  DeletePolicyCommand,
  PutSchemaCommand,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { createServer } from 'node:http';
import type { Caller, GatewayDecider, Question } from '../../../authz/decide/decider.ts';
import { embedded } from '../../../authz/decide/embedded.ts';
import { gatewayDeciders } from '../../../authz/decide/gateway-deciders.ts';
import { gatewayQuestion } from '../../../authz/decide/question.ts';
import { verifiedPermissions } from '../../../authz/decide/verified-permissions.ts';
import { verifiedPermissionsWithToken } from '../../../authz/decide/verified-permissions-with-token.ts';
import { createGrant } from '../../../authz/enrich/permissions.ts';
import { readSubject } from '../../../authz/identity/claims.ts';
import { operationOf } from '../../../authz/request/operation.ts';
import type { DecisionMode } from '../../../authz/tables/registry.ts';
import type { SnapshotPolicy } from '../../../authz/tables/sync-state.ts';
import { parsePolicy } from '../../../cedar/engine.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { gatewayFacts } from '../../../cedar/gateway-facts.ts';
import { isStable } from '../../../cedar/token-facts.ts';
import { createEndpoint } from '../../../local/endpoint.ts';
import { Faults } from '../../../local/faults.ts';
import { createIam } from '../../../local/iam/authorize.ts';
import { close, listen } from '../../../local/loopback.ts';
import { createVerifiedPermissions } from '../../../local/verified-permissions/server.ts';
import { accessClaims, CLIENT, issuerOf, POOL, registryRow } from '../fixture.ts';
import { type KeyServer, sign, type SigningKey, signingKey, startKeyServer } from '../issuer.ts';
import { anyPolicies, model, published, SCHEMAS } from './policy-sets.ts';

const ACCOUNT = '000000000000';
const row = registryRow({
  principalType: 'Member',
  claimMap: { suspended: 'suspended', role: 'role', level: 'level', nick: 'nick', badge: 'badge' },
});
const facts = gatewayFacts(model);

/** Few values, so that requests and policies often meet. */
const word = fc.constantFrom('a', 'b', 'EDITOR');
const long = fc.constantFrom(0, 1, 2, Number.MAX_SAFE_INTEGER);
const anyClaims = fc.record(
  {
    sub: fc.constantFrom('m1', 'm2'),
    'cognito:groups': fc.subarray(['STAFF', 'GUESTS']),
    suspended: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, fc.constant(true)),
    role: word,
    level: long,
    nick: word,
    badge: fc.record({ floor: fc.constantFrom(0, 1), color: word }, { requiredKeys: ['floor'] }),
  },
  { requiredKeys: ['sub', 'cognito:groups', 'suspended', 'role', 'level', 'badge'] },
);
const anyAsked = fc.record({
  name: fc.constantFrom('GET /docs/{id}', 'POST /docs', 'GET /status'),
  id: fc.constantFrom('1', '2'),
  headers: fc.record(
    { 'x-reason': word, 'x-zone': word, 'x-risk': long.map(String) },
    { requiredKeys: ['x-zone', 'x-risk'] },
  ),
  amount: long.map(String),
});

interface Asked {
  readonly question: Question;
  readonly caller: Caller;
}

/** All modes at once, over the emulated Verified Permissions and its real client. */
describe('the decision modes', function () {
  this.timeout(60_000);
  let keys: KeyServer;
  let key: SigningKey;
  let server: ReturnType<typeof createServer>;
  let client: VerifiedPermissionsClient;
  let stores: { readonly plain: string; readonly token: string };
  before(async () => {
    keys = await startKeyServer();
    key = await signingKey('k1');
    keys.keys.set(POOL, [key.jwk]);
    const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
    const keySetUrl = (pool: string): string => `${keys.origin}/${pool}/.well-known/jwks.json`;
    const service = createVerifiedPermissions({ iam, account: ACCOUNT, keySetUrl });
    server = createEndpoint({ services: [service], routes: [], faults: new Faults() });
    client = new VerifiedPermissionsClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${await listen(server, 0)}`,
      credentials: { accessKeyId: 'somebody', secretAccessKey: 'local' },
    });
    stores = { plain: await newStore(SCHEMAS.gateway), token: await newStore(SCHEMAS.access) };
    await client.send(
      new CreateIdentitySourceCommand({
        policyStoreId: stores.token,
        principalEntityType: 'Lib::Member',
        configuration: {
          cognitoUserPoolConfiguration: {
            userPoolArn: `arn:aws:cognito-idp:us-east-1:${ACCOUNT}:userpool/${POOL}`,
            clientIds: [CLIENT],
            groupConfiguration: { groupEntityType: 'Lib::Group' },
          },
        },
      }),
    );
  });
  after(async () => {
    client.destroy();
    await close(server);
    await keys.close();
  });

  /** Every text was validated by the sync's own compiler; once more would only take time. */
  async function newStore(cedarJson: string): Promise<string> {
    const { policyStoreId = '' } = await client.send(
      new CreatePolicyStoreCommand({ validationSettings: { mode: 'OFF' } }),
    );
    await client.send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson } }));
    return policyStoreId;
  }

  /** With the policies in both stores: Verified Permissions id -> ours. */
  async function withPolicies(
    policies: readonly SnapshotPolicy[],
    use: (ids: Readonly<Record<string, string>>) => Promise<void>,
  ): Promise<void> {
    const made: { policyStoreId: string; policyId: string; id: string }[] = [];
    const put = async (policyStoreId: string, id: string, statement: string | undefined): Promise<void> => {
      if (statement === undefined) return;
      const definition = { static: { statement } };
      const { policyId = '' } = await client.send(new CreatePolicyCommand({ policyStoreId, definition }));
      made.push({ policyStoreId, policyId, id });
    };
    await Promise.all(
      policies.flatMap(({ id, gatewayStatement, tokenStatement }) => [
        put(stores.plain, id, gatewayStatement),
        put(stores.token, id, tokenStatement),
      ]),
    );
    try {
      await use(Object.fromEntries(made.map(({ policyId, id }) => [policyId, id])));
    } finally {
      await Promise.all(
        made.map(({ policyStoreId, policyId }) =>
          client.send(new DeletePolicyCommand({ policyStoreId, policyId })),
        ),
      );
    }
  }

  const decidersFor = (policies: readonly SnapshotPolicy[], ids: Readonly<Record<string, string>>) => {
    const snapshot = { version: '1', policies };
    const names = () => Promise.resolve(ids);
    return gatewayDeciders(model, {
      stored: verifiedPermissions(client, names),
      withToken: verifiedPermissionsWithToken(client, names),
      embedded: embedded({ model, phase: 'gateway', snapshots: async () => snapshot }),
    });
  };
  const grantFor = (policies: readonly SnapshotPolicy[]) =>
    createGrant(
      model,
      embedded({ model, phase: 'token', snapshots: async () => ({ version: '1', policies }) }),
    );

  async function ask(
    claims: Readonly<Record<string, unknown>>,
    asked: typeof anyAsked extends fc.Arbitrary<infer A> ? A : never,
    use: 'access' | 'id',
    permissions: readonly string[],
  ): Promise<Asked> {
    const own = use === 'id' ? { token_use: 'id', aud: CLIENT, client_id: undefined } : {};
    const all = { ...accessClaims(claims), ...own };
    const token = await sign(key, all);
    const read = readSubject(all, issuerOf(POOL), row, model);
    const operation = operationOf(model, asked.name);
    if (!read.ok || !operation) throw new Error('the request is none');
    const request = {
      token,
      method: operation.route.method,
      pathTemplate: operation.route.path,
      pathParameters: { id: asked.id },
      query: { amount: asked.amount },
      headers: asked.headers,
      sourceIp: '10.0.0.1',
      host: 'api.example',
      time: 0,
      protocol: 'rest',
    } as const;
    const identity = { ...read.subject, row, expiresAt: Infinity };
    const question = gatewayQuestion(identity, operation, request, model);
    if (!question.ok) throw new Error(question.reason);
    const { sensitive } = operation.route;
    return { question: question.question, caller: { token, tokenUse: use, permissions, sensitive } };
  }

  const answer = async (
    deciders: Readonly<Record<DecisionMode, GatewayDecider>>,
    mode: DecisionMode,
    { question, caller }: Asked,
  ) => {
    const policyStoreId = mode === 'verified-permissions-with-token' ? stores.token : stores.plain;
    const { determining, errors, ...others } = await deciders[mode].decide(
      { ...question, policyStoreId },
      caller,
    );
    // The engine names several in no particular order.
    return { ...others, determining: determining.toSorted(), errors: errors.toSorted() };
  };

  const parsed = (policies: readonly SnapshotPolicy[]) =>
    policies.flatMap(({ id, gatewayStatement }) => {
      const read = gatewayStatement === undefined ? undefined : parsePolicy(gatewayStatement);
      return read?.ok ? [policyFromJson(read.json, id)] : [];
    });

  it('answer alike, by the same policies and with the same errors', () =>
    fc.assert(
      fc.asyncProperty(
        anyPolicies,
        fc.constantFrom('access' as const, 'id' as const),
        fc.array(fc.tuple(anyClaims, fc.array(anyAsked, { minLength: 4, maxLength: 4 })), {
          minLength: 3,
          maxLength: 3,
        }),
        async (policies, use, people) => {
          const snapshot = published(policies, { use, userPoolId: POOL });
          // Impossible only where every principal is of one type: in the store that is asked with tokens.
          const leftOut = new Set(
            snapshot.filter((one) => one.gatewayStatement && !one.tokenStatement).map(({ id }) => id),
          );
          const kept = decidersFor(
            snapshot.filter(({ id }) => !leftOut.has(id)),
            {},
          );
          const isClaimable = parsed(snapshot).every((one) => isStable(one, facts));
          await withPolicies(snapshot, async (ids) => {
            const deciders = decidersFor(snapshot, ids);
            for (const [claims, requests] of people) {
              const permissions = await grantFor(snapshot)(row, issuerOf(POOL), accessClaims(claims));
              for (const request of requests) {
                const asked = await ask(claims, request, use, permissions);
                const whole = await answer(deciders, 'embedded', asked);
                for (const mode of ['verified-permissions', 'hybrid'] as const)
                  expect(await answer(deciders, mode, asked), mode).to.deep.equal(whole);
                const token = await answer(deciders, 'verified-permissions-with-token', asked);
                // What is not there cannot fail there, and determines nothing anywhere.
                expect(whole.determining.filter((id) => leftOut.has(id))).to.deep.equal([]);
                const fails = whole.errors.some((id) => leftOut.has(id));
                expect(token, 'with token').to.deep.equal(
                  fails ? await answer(kept, 'embedded', asked) : whole,
                );
                const carried = await answer(deciders, 'claims', asked);
                if (asked.caller.sensitive) {
                  expect(carried.decision).to.equal('deny');
                  expect(await answer(deciders, 'hybrid-claims', asked)).to.deep.equal(whole);
                } else if (isClaimable) {
                  expect(carried.decision, 'claims').to.equal(whole.decision);
                } else if (carried.decision === 'allow') {
                  expect(whole.decision, 'carried').to.equal('allow');
                }
              }
            }
          });
        },
      ),
      { numRuns: 12, endOnFailure: true },
    ));
});
