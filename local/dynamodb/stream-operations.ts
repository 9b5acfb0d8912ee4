import { optionalNumber, optionalText, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { positionOf, sequenceNumberAt, type Stream } from './stream.ts';
import type { Table, Tables } from './table.ts';

/** A stream here has one shard, open for ever. */
export const SHARD_ID = 'shardId-00000000000000000000-00000000';
/** DynamoDB Streams API Reference, GetRecords. */
const MAX_RECORDS = 1000;

/** The DynamoDB Streams API. */
export function streamOperations(tables: Tables): Readonly<Record<string, (input: Json) => Promise<object>>> {
  const streamed = (arn: string): Table & { readonly stream: Stream } => {
    const table = tables.all().find(({ stream }) => stream?.arn === arn);
    if (!table?.stream)
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Stream: ${arn} not found`,
      );
    return { ...table, stream: table.stream };
  };

  return {
    async ListStreams(input) {
      const name = optionalText(input, 'TableName');
      const streams = tables.all().filter((table) => table.stream && (!name || table.name === name));
      return {
        Streams: streams.map(({ stream, name: TableName }) => ({
          StreamArn: stream?.arn,
          StreamLabel: stream?.label,
          TableName,
        })),
      };
    },
    async DescribeStream(input) {
      const { stream, name, keySchema } = streamed(text(input, 'StreamArn'));
      return {
        StreamDescription: {
          StreamArn: stream.arn,
          StreamLabel: stream.label,
          StreamStatus: 'ENABLED',
          StreamViewType: stream.viewType,
          CreationRequestDateTime: stream.createdAt,
          TableName: name,
          KeySchema: keySchema,
          Shards: [
            {
              ShardId: SHARD_ID,
              SequenceNumberRange: { StartingSequenceNumber: sequenceNumberAt(stream.start()) },
            },
          ],
        },
      };
    },
    async GetShardIterator(input) {
      const { stream } = streamed(text(input, 'StreamArn'));
      if (text(input, 'ShardId') !== SHARD_ID)
        throw new AwsError('ResourceNotFoundException', 'Requested resource not found: Shard not found');
      return { ShardIterator: `${stream.arn}|${positionIn(stream, input)}` };
    },
    async GetRecords(input) {
      const [, arn = '', position = ''] = /^(.+)\|(\d+)$/.exec(text(input, 'ShardIterator')) ?? [];
      const { stream } = streamed(arn);
      if (Number(position) < stream.start())
        throw new AwsError('TrimmedDataAccessException', 'The requested records are older than 24 hours');
      const limit = Math.min(optionalNumber(input, 'Limit') ?? MAX_RECORDS, MAX_RECORDS);
      const records = stream.read(Number(position), limit);
      return { Records: records, NextShardIterator: `${arn}|${Number(position) + records.length}` };
    },
  };
}

function positionIn(stream: Stream, input: Json): number {
  const type = text(input, 'ShardIteratorType');
  switch (type) {
    case 'TRIM_HORIZON':
      return stream.start();
    case 'LATEST':
      return stream.end();
    case 'AT_SEQUENCE_NUMBER':
      return positionOf(text(input, 'SequenceNumber'));
    case 'AFTER_SEQUENCE_NUMBER':
      return positionOf(text(input, 'SequenceNumber')) + 1;
    default:
      throw new AwsError('ValidationException', `ShardIteratorType ${type} is not known`);
  }
}
