import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../../cedar/hash.ts';
import { policyKey } from '../../authz/tables/policies.ts';
import { subjectKey } from '../../authz/tables/subjects.ts';
import { syncStateKey } from '../../authz/tables/sync-state.ts';
import { modelFile } from '../../dsl/schema/model.ts';
import { buildFrom, type Built } from '../../infra/bundles.ts';
import { accessClaims, CLIENT, model, POOL, registryRow, SUB } from '../authz/fixture.ts';
import { type KeyServer, sign, signingKey, startKeyServer } from '../authz/issuer.ts';
import { restEvent } from '../authz/rest-event.ts';
import { startTables, type Tables } from '../authz/tables.ts';
import { callOn, INSTALL, lambdaNode } from './lambda-node.ts';

const node = lambdaNode();
const LIBRARIANS =
  'permit(principal in Library::Group::"acme|LIBRARIAN", action == Library::Action::"PUT /books/{id}", resource);';

if (node === undefined) it.skip(`the bundles on the Node of Lambda — it is not here: ${INSTALL}`);
else {
  describe('the bundles on the Node of Lambda', function () {
    this.timeout(60_000);
    let folder: string;
    let built: Built;
    let tables: Tables;
    let keys: KeyServer;
    let endpoint: string;
    const key = signingKey('k1');

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
      await mkdir(path.dirname(modelFile(folder)), { recursive: true });
      await writeFile(modelFile(folder), JSON.stringify(model));
      [built, tables, keys] = await Promise.all([
        buildFrom(fileURLToPath(new URL('../..', import.meta.url)), folder),
        startTables(),
        startKeyServer(),
      ]);
      const { hostname, port } = await tables.documents.config.endpoint!();
      endpoint = `http://${hostname}:${port}`;
      keys.keys.set(POOL, [(await key).jwk]);
      await tables.put(registryRow({ decisionMode: 'embedded' }));
      await tables.put({ ...subjectKey.user('acme', SUB), attributes: { role: 'CHIEF' } });
      await publish(tables);
    });
    after(async () => {
      await tables.close();
      await keys.close();
      await rm(folder, { recursive: true });
    });

    const call = (name: keyof Built['folders'], event: unknown) =>
      callOn({
        node,
        folder: built.folders[name],
        event,
        environment: {
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_ENDPOINT_URL: endpoint,
          COGNITO_JWKS_ORIGIN: keys.origin,
          REDRIVE_QUEUE_URL: `${endpoint}/queue`,
          ...Object.fromEntries(
            ['REGISTRY', 'POLICIES', 'SYNC_STATE', 'SUBJECTS'].map((what) => [`${what}_TABLE`, tables.table]),
          ),
        },
      });

    it('authorize by the embedded engine, which lies beside them', async () => {
      const asked = async (groups: readonly string[]) => {
        const token = await sign(await key, accessClaims({ 'cognito:groups': groups }));
        return call('authorizer', restEvent({ headers: [['Authorization', `Bearer ${token}`]] }));
      };
      const allowed = await asked(['LIBRARIAN']);
      expect(allowed['node']).to.match(/^24\./);
      expect(allowed).to.have.nested.property('answer.policyDocument.Statement[0].Effect', 'Allow');
      const denied = await asked([]);
      expect(denied).to.have.nested.property('answer.policyDocument.Statement[0].Effect', 'Deny');
    });

    it('enrich a token', async () => {
      const { answer } = await call('pre-token', {
        version: '2',
        triggerSource: 'TokenGeneration_Authentication',
        region: 'us-east-1',
        userPoolId: POOL,
        callerContext: { clientId: CLIENT },
        request: { userAttributes: { sub: SUB, 'custom:tenant_id': 'acme' } },
        response: {},
      });
      expect(JSON.stringify(answer)).to.include('"role":"CHIEF"');
    });

    it('sync what a stream tells of', async () => {
      const Keys = { pk: { S: policyKey.release('acme').pk }, sk: { S: policyKey.release('acme').sk } };
      const record = { eventID: '1', eventName: 'MODIFY', dynamodb: { Keys, SequenceNumber: '1' } };
      const { answer } = await call('policy-sync', { Records: [record] });
      expect(answer).to.deep.equal({ batchItemFailures: [] });
    });
  });
}

/** A snapshot as the sync publishes it. */
async function publish(tables: Tables): Promise<void> {
  const sha256 = sha256Hex(LIBRARIANS);
  const policy = { id: 'librarians-write', statement: LIBRARIANS, gatewayStatement: LIBRARIANS, sha256 };
  await tables.put({ ...syncStateKey.part('acme', 'v1', 0), policies: [policy] });
  await tables.put({
    ...syncStateKey.manifest('acme'),
    version: 'v1',
    parts: 1,
    policies: { [policy.id]: sha256 },
    releaseSha256: '',
    publishedAt: '2026-01-01T00:00:00Z',
  });
}
