import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { expect } from 'chai';
import { createBatchSync, type SyncOutcome } from '../../../authz/sync/batch.ts';
import type { SyncResult } from '../../../authz/sync/sync-tenant.ts';

const change = (SequenceNumber: string, pk: string, sk = 'release'): DynamoDBRecord => ({
  eventSource: 'aws:dynamodb',
  dynamodb: { SequenceNumber, Keys: { pk: { S: pk }, sk: { S: sk } } },
});

const message = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: '',
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
  messageAttributes: {},
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '',
  },
});

describe('a batch of changes', () => {
  let synced: string[];
  let queued: string[];
  let outcomes: SyncOutcome[];
  let broken: Set<string>;
  let queueIsDown: boolean;
  let run: ReturnType<typeof createBatchSync>;

  beforeEach(() => {
    synced = [];
    queued = [];
    outcomes = [];
    broken = new Set();
    queueIsDown = false;
    run = createBatchSync({
      async sync(slug): Promise<SyncResult> {
        synced.push(slug);
        if (broken.has(slug)) throw new Error(`${slug} is broken`);
        return { slug, release: 'enforced', rejected: [], writes: 0 };
      },
      async queue(slug) {
        if (queueIsDown) throw new Error('no queue');
        queued.push(slug);
      },
      record: (outcome) => outcomes.push(outcome),
    });
  });

  it('syncs each tenant once, whichever items changed, live ones too', async () => {
    const Records = [
      change('1', 'acme', 'policy#a'),
      change('2', 'live#acme', 'policy#b'),
      change('3', 'globex'),
    ];
    expect(await run({ Records })).to.deep.equal({ batchItemFailures: [] });
    expect(synced.toSorted()).to.deep.equal(['acme', 'globex']);
  });

  it('lets source locations go by', async () => {
    await run({ Records: [change('1', 'acme', 'sources')] });
    expect(synced).to.deep.equal([]);
  });

  it('reports only the changes of the tenant that failed, and syncs the others', async () => {
    broken.add('acme');
    const { batchItemFailures } = await run({
      Records: [
        change('1', 'globex'),
        change('2', 'acme'),
        change('3', 'acme', 'policy#a'),
        change('4', 'initech'),
      ],
    });
    expect(batchItemFailures).to.deep.equal([{ itemIdentifier: '2' }, { itemIdentifier: '3' }]);
    expect(synced.toSorted()).to.deep.equal(['acme', 'globex', 'initech']);
    expect(outcomes).to.have.length(3);
  });

  it('queues a tenant whose change failed, once for all attempts', async () => {
    broken.add('acme');
    for (let attempt = 0; attempt < 3; attempt += 1) await run({ Records: [change('2', 'acme')] });
    expect(queued).to.deep.equal(['acme']);
  });

  it('tries to queue it again when the queue was not there', async () => {
    broken.add('acme');
    queueIsDown = true;
    const { batchItemFailures } = await run({ Records: [change('2', 'acme')] });
    expect(batchItemFailures, 'still reported').to.have.length(1);
    queueIsDown = false;
    await run({ Records: [change('2', 'acme')] });
    expect(queued).to.deep.equal(['acme']);
  });

  it('syncs the tenant that a queued message names, and leaves a failed one in the queue', async () => {
    broken.add('acme');
    const Records = [message('m1', '{"slug":"acme"}'), message('m2', '{"slug":"globex"}')];
    expect(await run({ Records })).to.deep.equal({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(queued, 'it is in the queue already').to.deep.equal([]);
  });

  it('lets a message go that names no tenant: it could never succeed', async () => {
    const Records = [message('m1', 'acme'), message('m2', '{"slug":7}'), message('m3', 'null')];
    expect(await run({ Records })).to.deep.equal({ batchItemFailures: [] });
    expect(synced).to.deep.equal([]);
  });
});
