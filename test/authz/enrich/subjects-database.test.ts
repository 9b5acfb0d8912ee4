import { createServer, type Server } from 'node:http';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import type { Client } from 'pg';
import { subjectsDatabase } from '../../../authz/enrich/subjects-database.ts';
import type { SubjectSource } from '../../../authz/enrich/subject.ts';
import { freshDatabase, type TestDatabase } from '../backend/database.ts';
import { closeServer, portOf } from '../issuer.ts';

const DISCONNECT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'hook'";

describe('subjects of a database', () => {
  let database: TestDatabase;
  let admin: Client;
  let secretsManager: Server;
  let secrets: SecretsManagerClient;
  let password: string;
  let find: SubjectSource;

  before(async () => {
    database = await freshDatabase('../enrich/migrations', ['hook']);
    ({ admin } = database);
    const { hostname: host, port, pathname, password: first } = new URL(database.url('hook'));
    password = first;
    secretsManager = createServer((_request, response) => {
      const secret = { host, port: Number(port), username: 'hook', password, dbname: pathname.slice(1) };
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ SecretString: JSON.stringify(secret) }));
    });
    await new Promise<void>((resolve) => secretsManager.listen(0, '127.0.0.1', resolve));
    secrets = new SecretsManagerClient({
      endpoint: `http://127.0.0.1:${portOf(secretsManager)}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    find = subjectsDatabase(secrets, 'arn:aws:secretsmanager:us-east-1:000000000000:secret:db');
  });
  after(async () => {
    await admin.query(DISCONNECT);
    await database.close();
    secrets.destroy();
    await closeServer(secretsManager);
  });

  const fails = (sub: string): Promise<boolean> =>
    find('retail', sub).then(
      () => false,
      () => true,
    );

  it('are found by tenant and subject', async () => {
    expect(await find('retail', 'alice')).to.deep.equal({
      attributes: { role: 'CLERK', level: 3 },
      suspended: false,
    });
    expect(await find('retail', 'bob'), "another tenant's").to.equal(undefined);
    expect(await find('retail', "alice' or '1'='1")).to.equal(undefined);
  });

  it('are refused when a value is no claim', async () => {
    expect(await fails('broken')).to.equal(true);
  });

  it('are found again after the password was rotated', async () => {
    await admin.query("alter role hook password 'second'");
    await admin.query(DISCONNECT);
    expect(await fails('alice'), 'the old password').to.equal(true);
    password = 'second';
    expect(await find('retail', 'alice')).to.have.property('suspended', false);
  });

  it('are not found, rather than waited for, when the database does not answer', async () => {
    await admin.query('begin; lock table authz.subjects in access exclusive mode');
    const begun = Date.now();
    expect(await fails('alice')).to.equal(true);
    expect(Date.now() - begun).to.be.below(4_000);
    await admin.query('rollback');
  });
});
