import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import { createSecretsManager } from '../../../local/secrets-manager/server.ts';
import { ACCOUNT, REGION, serveData, type DataCloud } from '../serve-data.ts';

describe('Secrets Manager', () => {
  let cloud: DataCloud;
  let client: SecretsManagerClient;
  before(async () => {
    cloud = await serveData();
    client = new SecretsManagerClient(cloud.client('somebody'));
  });
  after(async () => {
    client.destroy();
    await cloud.close();
  });

  it('keeps the current value of a secret, by name and ARN', async () => {
    const { ARN } = await client.send(new CreateSecretCommand({ Name: 'database', SecretString: 'first' }));
    await client.send(new PutSecretValueCommand({ SecretId: 'database', SecretString: 'second' }));
    for (const SecretId of ['database', ARN]) {
      expect((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString).to.equal('second');
    }
    const described = await client.send(new DescribeSecretCommand({ SecretId: ARN }));
    expect(Object.values(described.VersionIdsToStages ?? {})).to.eql([['AWSCURRENT']]);
    expect(JSON.stringify(described)).to.not.contain('second');
  });

  it('takes secrets of the cloud itself, and keeps their ARN when they change', () => {
    const secrets = createSecretsManager({ iam: cloud.iam, region: REGION, account: ACCOUNT });
    expect(secrets.put('own', 'one')).to.equal(secrets.put('own', 'two'));
  });

  it('gives it to no role without the right, and has no other', async () => {
    await cloud.role('outsider', ['secretsmanager:DescribeSecret']);
    const outsider = new SecretsManagerClient(cloud.client('outsider'));
    const read = (with_: SecretsManagerClient, SecretId: string) =>
      with_.send(new GetSecretValueCommand({ SecretId })).catch((error: Error) => error.name);
    expect(await read(outsider, 'database')).to.equal('AccessDeniedException');
    expect(await read(client, 'missing')).to.equal('ResourceNotFoundException');
    outsider.destroy();
  });
});
