import { expect } from 'chai';
import { serveData, type DataCloud } from '../serve-data.ts';

describe("Lambda's Invoke call", () => {
  let cloud: DataCloud;
  before(async () => {
    cloud = await serveData();
    await cloud.fn(
      'sum',
      'export const handler = async ({ a, b }) => { if (!a) throw new Error("no a"); return a + b }',
    );
    await cloud.role('caller', ['lambda:GetFunction']);
  });
  after(() => cloud.close());

  const invoke = (name: string, event: object, accessKeyId = 'somebody') =>
    fetch(`${cloud.endpoint}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/lambda/aws4_request`,
      },
      body: JSON.stringify(event),
    });

  it('answers with the result, by name or ARN', async () => {
    for (const name of ['sum', 'arn:aws:lambda:us-east-1:000000000000:function:sum']) {
      const response = await invoke(name, { a: 1, b: 2 });
      expect([response.status, await response.json()]).to.eql([200, 3]);
    }
  });

  it('marks the answer of a function that failed', async () => {
    const response = await invoke('sum', {});
    expect(response.headers.get('x-amz-function-error')).to.equal('Unhandled');
    expect(await response.json()).to.eql({ errorType: 'Error', errorMessage: 'no a' });
  });

  it('is refused for an unknown function, and for a role without the right', async () => {
    expect((await invoke('missing', {})).status).to.equal(404);
    const refused = await invoke('sum', {}, 'caller');
    expect(await refused.json()).to.have.property('__type', 'AccessDeniedException');
  });
});
