import { expect } from 'chai';
import { serveData, until, type DataCloud } from '../serve-data.ts';

const FUNCTION = 'aws:lambda/function:Function';

describe('The Lambda host', () => {
  let cloud: DataCloud;
  before(async () => {
    cloud = await serveData();
  });
  after(() => cloud.close());

  it('calls a handler with the event as JSON, and gives back what JSON can carry', async () => {
    const arn = await cloud.fn(
      'echo',
      'export const handler = async (event) => ({ got: event, at: new Date(0), gone: undefined })',
    );
    const answer = await cloud.lambda.invoke(arn, { a: 1, when: new Date(1), left: undefined });
    expect(answer).to.eql({
      ok: true,
      result: { got: { a: 1, when: '1970-01-01T00:00:00.001Z' }, at: '1970-01-01T00:00:00.000Z' },
    });
    expect(await cloud.lambda.invoke('echo', {})).to.have.property('ok', true);
  });

  it('gives a function its own environment and nothing of this process', async () => {
    process.env['CEDARWRIGHT_TEST_LEAK'] = 'leaked';
    try {
      const arn = await cloud.fn('environment', 'export const handler = async () => ({ ...process.env })', {
        environment: { variables: { TABLE: 'orders', NODE_OPTIONS: '--enable-source-maps' } },
      });
      const answer = await cloud.lambda.invoke(arn, {});
      expect(answer).to.have.property('ok', true);
      expect(answer).to.have.property('result').that.includes({
        TABLE: 'orders',
        AWS_REGION: 'us-east-1',
        AWS_LAMBDA_FUNCTION_NAME: 'environment',
        AWS_ACCESS_KEY_ID: 'runner',
        AWS_ENDPOINT_URL: cloud.endpoint,
        COGNITO_JWKS_ORIGIN: cloud.endpoint,
      });
      expect(answer)
        .to.have.property('result')
        .that.does.not.have.any.keys('PATH', 'USER', 'CEDARWRIGHT_TEST_LEAK');
    } finally {
      delete process.env['CEDARWRIGHT_TEST_LEAK'];
    }
  });

  it('keeps a warm function between invocations, and its modules apart from any other function', async () => {
    const module = 'let n = 0; export const handler = async () => ++n';
    const [one, two] = [await cloud.fn('counter-1', module), await cloud.fn('counter-2', module)];
    await cloud.lambda.invoke(one, {});
    expect(await cloud.lambda.invoke(one, {})).to.have.property('result', 2);
    expect(await cloud.lambda.invoke(two, {})).to.have.property('result', 1);
  });

  it('never runs two invocations at a time in one execution environment', async () => {
    const arn = await cloud.fn(
      'busy',
      `let inside = 0;
       export const handler = async () => { const seen = ++inside; await new Promise((r) => setTimeout(r, 5)); inside--; return seen }`,
    );
    const answers = await Promise.all(Array.from({ length: 25 }, () => cloud.lambda.invoke(arn, {})));
    expect(new Set(answers.map((answer) => answer.ok && answer.result))).to.eql(new Set([1]));
  });

  it('tells the type and message of what a handler throws', async () => {
    const arn = await cloud.fn(
      'thrower',
      'export const handler = async () => { throw new TypeError("not today") }',
    );
    expect(await cloud.lambda.invoke(arn, {})).to.eql({
      ok: false,
      error: { type: 'TypeError', message: 'not today' },
      timedOut: false,
    });
  });

  it('kills a handler that loops for ever, and runs the next invocation afresh', async () => {
    const arn = await cloud.fn(
      'looper',
      'export const handler = async ({ loop }) => { for (; loop; ); return "fine" }',
      {
        timeout: 1,
      },
    );
    const answer = await cloud.lambda.invoke(arn, { loop: true });
    expect(answer).to.eql({
      ok: false,
      error: { type: 'Sandbox.Timedout', message: 'Task timed out after 1.00 seconds' },
      timedOut: true,
    });
    expect(await cloud.lambda.invoke(arn, {})).to.have.property('result', 'fine');
  });

  it('survives a handler that ends its process, or crashes outside of an invocation', async () => {
    const arn = await cloud.fn(
      'crasher',
      `export const handler = async ({ how }) => {
         if (how === 'exit') process.exit(3);
         if (how === 'later') setImmediate(() => { throw new RangeError('late') });
         if (how === 'wait') await new Promise(() => setImmediate(() => { throw new RangeError('late') }));
         return how;
       }`,
    );
    const exited = await cloud.lambda.invoke(arn, { how: 'exit' });
    expect(exited).to.have.deep.property('error', {
      type: 'Runtime.ExitError',
      message: 'Runtime exited with error: exit status 3',
    });
    expect(await cloud.lambda.invoke(arn, { how: 'wait' })).to.have.nested.property(
      'error.type',
      'RangeError',
    );
    expect(await cloud.lambda.invoke(arn, { how: 'later' })).to.have.property('result', 'later');
    await until('the function answers again', async () => (await cloud.lambda.invoke(arn, { how: 'x' })).ok);
  });

  it('says what is wrong with a module that cannot be loaded', async () => {
    const broken = await cloud.fn('broken', 'throw new SyntaxError("half a module")');
    expect(await cloud.lambda.invoke(broken, {})).to.have.nested.property('error.message', 'half a module');
    const other = await cloud.fn('other-export', 'export const main = 1');
    expect(await cloud.lambda.invoke(other, {})).to.have.nested.property(
      'error.type',
      'Runtime.HandlerNotFound',
    );
  });

  it('keeps what a function prints in its log group', async () => {
    await cloud.deploy('aws:cloudwatch/logGroup:LogGroup', 'logs', {
      name: '/aws/lambda/printer',
      retentionInDays: 90,
    });
    const arn = await cloud.fn(
      'printer',
      'export const handler = async () => { console.log("to stdout"); console.error("to stderr") }',
    );
    await cloud.lambda.invoke(arn, {});
    await until('both lines are there', () => cloud.logs.lines('/aws/lambda/printer').length === 2);
    expect(cloud.logs.lines('/aws/lambda/printer')).to.have.members(['to stdout', 'to stderr']);
  });

  it('runs new code from the next invocation on, and lets the old end its work', async () => {
    const code = (answer: string) =>
      `export const handler = async ({ wait }) => { if (wait) await new Promise((r) => setTimeout(r, 50)); return "${answer}" }`;
    const arn = await cloud.fn('updated', code('old'));
    const running = cloud.lambda.invoke(arn, { wait: true });
    await cloud.handler(FUNCTION).update(
      'updated',
      {
        role: 'arn:aws:iam::000000000000:role/runner',
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        code: await cloud.code(code('new')),
      },
      {},
    );
    expect(await cloud.lambda.invoke(arn, {})).to.have.property('result', 'new');
    expect(await running).to.have.property('result', 'old');
  });

  it('ends at once when it is closed, whatever its functions do', async () => {
    const other = await serveData();
    const arn = await other.fn('endless', 'export const handler = async () => { for (;;); }', {
      timeout: 300,
    });
    const running = other.lambda.invoke(arn, {});
    await other.close();
    expect(await running).to.have.nested.property('error.type', 'Runtime.ExitError');
    expect(await other.lambda.invoke(arn, {})).to.have.property('ok', false);
  });

  describe('permissions', () => {
    const source = {
      service: 'cognito-idp.amazonaws.com',
      arn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/p1',
      account: '000000000000',
    };

    it('refuse services without one, and other resources of the service', async () => {
      const arn = await cloud.fn('hook', 'export const handler = async () => 1');
      expect(await cloud.lambda.invoke(arn, {}, { source })).to.have.nested.property(
        'error.type',
        'AccessDeniedException',
      );
      const { id, state } = await cloud.deploy('aws:lambda/permission:Permission', 'hook-by-cognito', {
        action: 'lambda:InvokeFunction',
        function: 'hook',
        principal: 'cognito-idp.amazonaws.com',
        sourceArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/*',
        sourceAccount: '000000000000',
      });
      expect(await cloud.lambda.invoke(arn, {}, { source })).to.have.property('ok', true);
      for (const other of [
        { ...source, service: 'apigateway.amazonaws.com' },
        { ...source, arn: 'arn:aws:execute-api:us-east-1:000000000000:api/x' },
        { ...source, account: '111111111111' },
      ]) {
        expect(await cloud.lambda.invoke(arn, {}, { source: other })).to.have.property('ok', false);
      }
      await cloud.handler('aws:lambda/permission:Permission').delete(id, state);
      expect(await cloud.lambda.invoke(arn, {}, { source })).to.have.property('ok', false);
    });

    it('refuse a function whose role Lambda may not assume', async () => {
      await cloud.deploy('aws:iam/role:Role', 'stranger', { assumeRolePolicy: '{"Statement":[]}' });
      const role = 'arn:aws:iam::000000000000:role/stranger';
      const error = await cloud
        .fn('unassumed', 'export const handler = 1', { role })
        .catch((thrown: unknown) => String(thrown));
      expect(error).to.contain('cannot be assumed by Lambda');
    });
  });
});
