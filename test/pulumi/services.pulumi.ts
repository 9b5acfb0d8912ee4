import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'chai';
import { suspend } from '../../authz/identity/suspension.ts';
import { registryKey } from '../../authz/tables/registry.ts';
import { withEngine } from './cli.ts';
import { startTestStack, type TestEngine, type TestStack } from './stack.ts';

const LEDGER = `import { serviceClient } from '../dsl/index.ts';

export default serviceClient({
  slug: 'ledger',
  scopes: ['read'],
  client: { attributes: { allowedOperations: ['listAccounts'] } },
  dataTenants: ['acme'],
  policies: ({ permit, op }) => [permit().principalIs('Service').action(op.listAccounts).id('lists')],
});
`;
const RETIRED = `import { retired } from '../dsl/index.ts';\n\nexport default retired('ledger');\n`;

withEngine('a service’s life under the engine', function () {
  this.timeout(300_000);
  let stack: TestStack;
  let engine: TestEngine;
  before(async () => {
    stack = await startTestStack({ protect: 'true' });
    engine = await stack.engine('dev');
    const { code, said } = await engine.up();
    expect({ code, said }).to.deep.equal({ code: 0, said: '' });
  });
  after(() => stack.close());

  it('the first one brings the pool that all services share', async () => {
    expect(await engine.state()).not.to.include('::machines');
    await stack.project.write('ledger', LEDGER);
    const { changes, said } = await engine.up();
    expect(said).to.equal('');
    expect(changes).to.include.members([
      'create machines',
      'create machines-api',
      'create machines-domain',
      'create machines-shared',
      'create ledger-registry-row',
      'create ledger-service-client',
      'create ledger-subject',
      'create ledger-usage-key',
    ]);
    expect((await engine.up()).changes, 'and nothing more').to.deep.equal([]);
  });

  it('what its tokens say changes with its file, and nothing else', async () => {
    await stack.project.write('ledger', LEDGER.replace("'listAccounts']", "'listAccounts', 'getAccount']"));
    expect((await engine.up()).changes).to.deep.equal(['update ledger-subject']);
  });

  it('no deployment ends a suspension', async () => {
    const documents = DynamoDBDocumentClient.from(stack.dynamodb('cedarwright-dev-security'));
    const table = 'cedarwright-dev-registry';
    await suspend({ documents, table }, 'acme', { since: 'now', by: 'the test' });
    await stack.project.write('ledger', LEDGER);
    expect((await engine.up()).changes).to.deep.equal(['update ledger-subject']);
    const Key = registryKey.suspension('acme');
    expect((await documents.send(new GetCommand({ TableName: table, Key }))).Item).to.include({
      by: 'the test',
    });
  });

  it('when the last one retires, the pool loses its protection, and goes with it', async () => {
    await stack.project.write('ledger', RETIRED);
    const first = await engine.up();
    expect({ code: first.code, said: first.said }).to.deep.equal({ code: 0, said: '' });
    expect(first.changes).to.deep.equal([
      'delete ledger-registry-row',
      'delete ledger-usage-key',
      'delete ledger-usage-plan',
      'update ledger-policies-gateway-store',
      'update ledger-policies-store',
      'update machines',
    ]);
    const second = await engine.up();
    expect({ code: second.code, said: second.said }).to.deep.equal({ code: 0, said: '' });
    expect(second.changes).to.include.members(['delete ledger-service-client', 'delete machines']);
    expect(await engine.state())
      .not.to.include('::machines')
      .and.not.to.include('::ledger');
  });
});
