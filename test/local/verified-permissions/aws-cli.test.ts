import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { serveIdentity, type ServedServices } from '../serve-identity.ts';
import { PERMIT_VIEWERS, question, SCHEMA } from './shop.ts';

const run = promisify(execFile);

describe('the aws command line against Verified Permissions', () => {
  let cloud: ServedServices;
  before(async function () {
    try {
      await run('aws', ['--version']);
    } catch {
      process.stdout.write('    skipped: no aws command line on PATH\n');
      this.skip();
    }
    cloud = await serveIdentity();
  });
  after(() => (cloud as ServedServices | undefined)?.close());

  const aws = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { stdout } = await run(
      'aws',
      ['verifiedpermissions', operation, '--cli-input-json', JSON.stringify(input)],
      {
        env: {
          PATH: process.env['PATH'],
          // A developer's own settings and profiles stay out of it.
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          AWS_ENDPOINT_URL: cloud.endpoint,
          AWS_REGION: 'us-east-1',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_DEFAULT_OUTPUT: 'json',
          AWS_ACCESS_KEY_ID: 'somebody',
          AWS_SECRET_ACCESS_KEY: 'local',
        },
      },
    );
    const answer: Record<string, unknown> = JSON.parse(stdout);
    return answer;
  };

  it('makes a store, a schema and a policy, and gets a decision', async () => {
    const { policyStoreId } = await aws('create-policy-store', { validationSettings: { mode: 'STRICT' } });
    await aws('put-schema', { policyStoreId, definition: { cedarJson: JSON.stringify(SCHEMA) } });
    const { policyId } = await aws('create-policy', {
      policyStoreId,
      definition: { static: { statement: PERMIT_VIEWERS } },
    });
    const answer = await aws('is-authorized', question(String(policyStoreId), { tenant: 'acme', total: 1 }));
    expect(answer).to.deep.include({ decision: 'ALLOW', determiningPolicies: [{ policyId }] });
  });
});
