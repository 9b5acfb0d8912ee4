import { type BatchWriteCommandInput, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'chai';
import { type Write, writeAll } from '../../../authz/sync/write-all.ts';
import { startWorld, type World } from './world.ts';

const TABLE = 'sync-state';
const keys = Array.from({ length: 60 }, (_, n) => ({ pk: 'it', sk: `item-${n + 100}` }));
const puts = keys.map((Item): Write => ({ PutRequest: { Item } }));
const deletions = keys.slice(0, 40).map((Key): Write => ({ DeleteRequest: { Key } }));
const isBatch = (input: object): input is BatchWriteCommandInput => 'RequestItems' in input;

describe('writing many items', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  /** Names of the requests that writes take, when the table takes no more than so many of one request. */
  const requestsFor = async (writes: readonly Write[], most: number): Promise<(string | undefined)[]> => {
    const requests: (string | undefined)[] = [];
    world.documents.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          requests.push(commandName);
          const asked = isBatch(args.input) ? args.input.RequestItems?.[TABLE] : undefined;
          if (!asked || asked.length <= most) return next(args);
          const input = { ...args.input, RequestItems: { [TABLE]: asked.slice(0, most) } };
          const { output, response } = await next({ ...args, input });
          return { response, output: { ...output, UnprocessedItems: { [TABLE]: asked.slice(most) } } };
        },
      { step: 'initialize', name: 'throttled', override: true },
    );
    await writeAll({ documents: world.documents, table: TABLE }, writes);
    return requests;
  };
  const written = async (): Promise<unknown[]> => {
    const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'it' } };
    const { Items = [] } = await world.documents.send(new QueryCommand({ TableName: TABLE, ...query }));
    return Items;
  };

  it('takes a request for 25, and none for nothing', async () => {
    expect(await requestsFor([], 25)).to.deep.equal([]);
    expect(await requestsFor(puts, 25)).to.have.length(3);
    expect(await written()).to.deep.equal(keys);
    expect(await requestsFor(deletions, 25)).to.have.length(2);
    expect(await written()).to.deep.equal(keys.slice(40));
  });

  it('does by itself what a throttled table leaves undone', async () => {
    expect(await requestsFor(puts, 20)).to.have.length(3 + 5 + 5);
    expect(await written()).to.deep.equal(keys);
    await requestsFor(deletions, 20);
    expect(await written()).to.deep.equal(keys.slice(40));
  });
});
