import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { Properties } from '../../../local/program/resource.ts';
import type { DataCloud } from '../serve-data.ts';

export interface MadeTable {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** A table with a stream, declared as the Pulumi program declares its own. */
export async function makeTable(cloud: DataCloud, name: string, more: Properties = {}): Promise<MadeTable> {
  const inputs = {
    name,
    billingMode: 'PAY_PER_REQUEST',
    hashKey: 'pk',
    rangeKey: 'sk',
    attributes: [
      { name: 'pk', type: 'S' },
      { name: 'sk', type: 'S' },
    ],
    streamEnabled: true,
    streamViewType: 'NEW_AND_OLD_IMAGES',
    ...more,
  };
  const { state } = await cloud.deploy('aws:dynamodb/table:Table', name, inputs);
  return { name, arn: String(state['arn']), streamArn: String(state['streamArn']), inputs, state };
}

/** All records of a stream, read with the SDK as any consumer would. */
export async function recordsOf(cloud: DataCloud, streamArn: string): Promise<StreamRecord[]> {
  const client = new DynamoDBStreamsClient(cloud.client('somebody'));
  try {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    let { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const records: StreamRecord[] = [];
    for (;;) {
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator, Limit: 60 }),
      );
      if (Records.length === 0) return records;
      records.push(...Records);
      ShardIterator = NextShardIterator;
    }
  } finally {
    client.destroy();
  }
}
