import { expect } from 'chai';
import { createStream, positionOf, sequenceNumberAt } from '../../../local/dynamodb/stream.ts';

const item = (n: number) => ({
  keys: { pk: { S: 'a' } },
  before: undefined,
  after: { pk: { S: 'a' }, n: { N: String(n) } },
});
const make = () =>
  createStream({ region: 'us-east-1', tableArn: 'arn:t', tableName: 't', viewType: 'KEYS_ONLY' });

describe('A DynamoDB stream', () => {
  it('forgets records after 24 hours, and keeps its positions', () => {
    const { now } = Date;
    const stream = make();
    stream.append(item(1));
    try {
      Date.now = () => now() + 25 * 60 * 60 * 1000;
      stream.append(item(2));
    } finally {
      Date.now = now;
    }
    expect([stream.start(), stream.end()]).to.eql([1, 2]);
    expect(stream.read(0, 10)).to.eql(stream.read(1, 10));
    expect(positionOf(stream.read(1, 1)[0]?.dynamodb.SequenceNumber ?? '')).to.equal(1);
  });

  it('shows no images where its view has none', () => {
    const stream = make();
    stream.append(item(1));
    expect(stream.read(0, 1)[0]?.dynamodb).to.not.have.any.keys('NewImage', 'OldImage');
  });

  it('wakes a waiter at its position and not before', async () => {
    const stream = make();
    const { signal } = new AbortController();
    const order: string[] = [];
    const reached = stream.reached(1, signal).then(() => order.push('second record'));
    stream.append(item(1));
    await stream.reached(0, signal);
    order.push('first record');
    stream.append(item(2));
    await reached;
    expect(order).to.eql(['first record', 'second record']);
  });

  it('numbers its records in an order that text keeps', () => {
    const numbers = [0, 9, 10, 99_999].map(sequenceNumberAt);
    expect(numbers.toSorted()).to.eql(numbers);
  });
});
