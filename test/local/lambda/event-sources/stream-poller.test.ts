import { expect } from 'chai';
import { createStream, type Stream } from '../../../../local/dynamodb/stream.ts';
import { undisturbed } from '../../../../local/lambda/event-sources/disturb.ts';
import { pollStream } from '../../../../local/lambda/event-sources/stream-poller.ts';

const stream = (): Stream =>
  createStream({ region: 'us-east-1', tableArn: 'arn:t', tableName: 't', viewType: 'NEW_AND_OLD_IMAGES' });

/** The same records, written so many seconds ago. */
const aged = (real: Stream, seconds: number): Stream => ({
  ...real,
  read: (position, limit) =>
    real.read(position, limit).map((record) => ({
      ...record,
      dynamodb: {
        ...record.dynamodb,
        ApproximateCreationDateTime: record.dynamodb.ApproximateCreationDateTime - seconds,
      },
    })),
});

describe('The poller of a stream', () => {
  it('gives up records that are past their age, without asking the function', async () => {
    const real = stream();
    real.append({ keys: { pk: { S: 'a' } }, before: undefined, after: { pk: { S: 'a' } } });
    const stopping = new AbortController();
    const [events, discarded]: [object[], string[]] = [[], []];
    const position = await pollStream({
      stream: aged(real, 120),
      from: 0,
      functionArn: 'arn:f',
      batchSize: 10,
      windowSeconds: 0,
      retry: {
        maximumRetryAttempts: -1,
        maximumRecordAgeSeconds: 60,
        bisect: false,
        reportsItemFailures: false,
      },
      invoke: async (event) => {
        events.push(event);
        return { ok: true, result: null };
      },
      discard: (message) => {
        discarded.push(message);
        stopping.abort();
      },
      disturb: () => undisturbed,
      signal: stopping.signal,
    });
    expect(events).to.eql([]);
    expect(discarded.join('\n')).to.contain('RecordAgeExceeded');
    expect(position).to.equal(0);
  });
});
