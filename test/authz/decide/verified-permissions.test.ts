import { createServer, type Server } from 'node:http';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { DeciderUnavailable, type Question } from '../../../authz/decide/decider.ts';
import { verifiedPermissions } from '../../../authz/decide/verified-permissions.ts';
import { closeServer, portOf } from '../issuer.ts';

const question: Question = {
  slug: 'acme',
  policyStoreId: 'PSgateway',
  principal: { type: 'Library::Reader', id: 'acme|alice' },
  action: { type: 'Library::Action', id: 'GET /search' },
  resource: { type: 'Library::Endpoint', id: 'GET /search' },
  context: { limit: 5 },
  entities: [{ uid: { type: 'Library::Reader', id: 'acme|alice' }, attrs: { role: 'NONE' }, parents: [] }],
};

/** Verified Permissions' side of the wire (AWS JSON 1.0), answering whatever a test says. */
describe('the decider by Verified Permissions', () => {
  let server: Server;
  let client: VerifiedPermissionsClient;
  let answer: { readonly status: number; readonly body: object } | 'hang up';
  let asked: { readonly target: unknown; readonly input: unknown }[];

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const input: unknown = JSON.parse(Buffer.concat(chunks).toString());
        asked.push({ target: request.headers['x-amz-target'], input });
        if (answer === 'hang up') {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new VerifiedPermissionsClient({
      endpoint: `http://127.0.0.1:${portOf(server)}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 2,
      retryMode: 'standard',
    });
  });
  after(async () => {
    client.destroy();
    await closeServer(server);
  });
  beforeEach(() => {
    asked = [];
  });

  const decider = (ids: Readonly<Record<string, string>> = { vp1: 'librarians-edit' }) =>
    verifiedPermissions(client, () => Promise.resolve(ids));
  const says = (body: object): void => {
    answer = { status: 200, body };
  };
  const rejection = async (): Promise<unknown> =>
    decider()
      .decide(question)
      .then(
        () => undefined,
        (error: unknown) => error,
      );

  it('asks with entities and context in Cedar JSON', async () => {
    says({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'vp1' }], errors: [] });
    await decider().decide(question);
    expect(asked).to.deep.equal([
      {
        target: 'VerifiedPermissions.IsAuthorized',
        input: {
          policyStoreId: 'PSgateway',
          principal: { entityType: 'Library::Reader', entityId: 'acme|alice' },
          action: { actionType: 'Library::Action', actionId: 'GET /search' },
          resource: { entityType: 'Library::Endpoint', entityId: 'GET /search' },
          context: { cedarJson: '{"limit":5}' },
          entities: { cedarJson: JSON.stringify(question.entities) },
        },
      },
    ]);
  });

  it('names the deciding policies by our ids', async () => {
    says({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'vp2' }, { policyId: 'vp1' }], errors: [] });
    expect(await decider().decide(question)).to.deep.equal({
      decision: 'allow',
      determining: ['librarians-edit', 'vp2'],
      errors: [],
    });
  });

  it('decides even when nobody can say what the policies are called', async () => {
    says({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'vp1' }], errors: [] });
    const unnamed = verifiedPermissions(client, () => Promise.reject(new Error('down')));
    expect(await unnamed.decide(question)).to.deep.include({ decision: 'allow', determining: ['vp1'] });
  });

  it('denies when a policy erred, whatever the decision, and repeats no value', async () => {
    says({
      decision: 'ALLOW',
      determiningPolicies: [],
      errors: [
        { errorDescription: 'error while evaluating policy `vp1`: "alice@example.com" is no number' },
        { errorDescription: 'secret' },
      ],
    });
    expect(await decider().decide(question)).to.deep.equal({
      decision: 'deny',
      determining: [],
      errors: ['librarians-edit', 'unnamed policy'],
    });
  });

  it('denies whatever is not ALLOW', async () => {
    for (const decision of ['DENY', 'allow', undefined]) {
      says({ decision, determiningPolicies: [], errors: [] });
      expect((await decider().decide(question)).decision, String(decision)).to.equal('deny');
    }
  });

  const failures: Readonly<Record<string, typeof answer>> = {
    throttling: { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } },
    'an outage': { status: 500, body: { __type: 'InternalServerException', message: 'oops' } },
    'a missing store': { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no store' } },
    'a rejected question': { status: 400, body: { __type: 'ValidationException', message: 'invalid' } },
    'a broken connection': 'hang up',
  };
  for (const [what, failure] of Object.entries(failures))
    it(`is unavailable after ${what}, never a denial`, async () => {
      answer = failure;
      expect(await rejection()).to.be.instanceOf(DeciderUnavailable);
      expect(asked.length, 'attempts').to.be.at.most(2);
    });
});
