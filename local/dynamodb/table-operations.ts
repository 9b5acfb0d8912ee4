import { setImmediate } from 'node:timers/promises';
import { jsonList, optionalFlag, optionalJson, optionalText, json, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import type { Call } from './item-store.ts';
import { createStream, type Stream, type ViewType } from './stream.ts';
import { locked, type Table, type Tables } from './table.ts';

export interface TableOperationsArgs {
  readonly call: Call;
  readonly tables: Tables;
  readonly region: string;
  readonly account: string;
}

/** Making, describing, changing and deleting tables. */
export function tableOperations({
  call,
  tables,
  region,
  account,
}: TableOperationsArgs): Readonly<Record<string, (input: Json) => Promise<Json>>> {
  const describe = async (table: Table): Promise<Json> => {
    const described = await call('DescribeTable', { TableName: table.name });
    return { ...json(described, 'Table'), ...describeFront(table) };
  };

  const streamOf = (
    table: Pick<Table, 'arn' | 'name'>,
    specification: Json | undefined,
  ): Stream | undefined =>
    specification && optionalFlag(specification, 'StreamEnabled')
      ? createStream({
          region,
          tableArn: table.arn,
          tableName: table.name,
          viewType: readViewType(text(specification, 'StreamViewType')),
        })
      : undefined;

  const changeStream = (table: Table, specification: Json): void => {
    const enable = optionalFlag(specification, 'StreamEnabled') === true;
    if (enable === (table.stream !== undefined))
      throw new AwsError(
        'ValidationException',
        enable ? 'Table already has an enabled stream' : 'Table has no stream to disable',
      );
    table.stream = streamOf(table, specification);
  };

  return {
    async CreateTable(input) {
      const name = text(input, 'TableName');
      const arn = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
      const encryption = optionalJson(input, 'SSESpecification');
      const stream = streamOf({ arn, name }, optionalJson(input, 'StreamSpecification'));
      await call('CreateTable', input);
      await settled(call, name);
      const keySchema = jsonList(input, 'KeySchema');
      const table = tables.add({
        name,
        arn,
        keySchema,
        keyNames: keySchema.map((key) => text(key, 'AttributeName')),
        stream,
        encrypted: encryption !== undefined && optionalFlag(encryption, 'Enabled') === true,
        pointInTimeRecovery: false,
        deletionProtection: optionalFlag(input, 'DeletionProtectionEnabled') ?? false,
      });
      for (const tag of jsonList(input, 'Tags')) table.tags.set(text(tag, 'Key'), text(tag, 'Value'));
      return { TableDescription: await describe(table) };
    },
    DescribeTable: async (input) => ({ Table: await describe(tables.named(text(input, 'TableName'))) }),
    ListTables: (input) => call('ListTables', input),
    async UpdateTable(input) {
      const table = tables.named(text(input, 'TableName'));
      const { StreamSpecification, DeletionProtectionEnabled, SSESpecification, ...others } = input;
      if (others['GlobalSecondaryIndexUpdates'])
        throw new AwsError(
          'ValidationException',
          'The embedded cloud does not change the indexes of a table',
        );
      const specification = optionalJson({ StreamSpecification }, 'StreamSpecification');
      if (specification) changeStream(table, specification);
      const encryption = optionalJson({ SSESpecification }, 'SSESpecification');
      if (encryption) table.encrypted = optionalFlag(encryption, 'Enabled') === true;
      table.deletionProtection =
        optionalFlag({ DeletionProtectionEnabled }, 'DeletionProtectionEnabled') ?? table.deletionProtection;
      if (others['BillingMode'] ?? others['ProvisionedThroughput']) {
        await call('UpdateTable', others);
        await settled(call, table.name);
      }
      return { TableDescription: await describe(table) };
    },
    async DeleteTable(input) {
      const table = tables.named(text(input, 'TableName'));
      if (table.deletionProtection)
        throw new AwsError(
          'ValidationException',
          `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
        );
      return locked('exclusive', [table], async () => {
        const deleted = await call('DeleteTable', input);
        await settled(call, table.name);
        tables.remove(table.name);
        return deleted;
      });
    },
    async DescribeContinuousBackups(input) {
      return backups(tables.named(text(input, 'TableName')));
    },
    async UpdateContinuousBackups(input) {
      const table = tables.named(text(input, 'TableName'));
      const specification = json(input, 'PointInTimeRecoverySpecification');
      table.pointInTimeRecovery = optionalFlag(specification, 'PointInTimeRecoveryEnabled') ?? false;
      return backups(table);
    },
    async DescribeTimeToLive(input) {
      const { timeToLive } = tables.named(text(input, 'TableName'));
      const attribute = timeToLive && optionalText(timeToLive, 'AttributeName');
      return {
        TimeToLiveDescription: attribute
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: attribute }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
    /** Remembered only: nothing sweeps expired items, which AWS too leaves in place for days. */
    async UpdateTimeToLive(input) {
      const specification = json(input, 'TimeToLiveSpecification');
      tables.named(text(input, 'TableName')).timeToLive = optionalFlag(specification, 'Enabled')
        ? specification
        : undefined;
      return { TimeToLiveSpecification: specification };
    },
  };
}

/** Waits until dynalite has made, changed or deleted a table: it does so a moment after its answer. */
async function settled(call: Call, name: string): Promise<void> {
  for (;;) {
    const described = await call('DescribeTable', { TableName: name }).catch(() => undefined);
    if (!described || json(described, 'Table')['TableStatus'] === 'ACTIVE') return;
    await setImmediate();
  }
}

/** What dynalite does not know of a table, and its ARN, which dynalite derives from the environment. */
function describeFront({ arn, encrypted, deletionProtection, stream }: Table): Json {
  return {
    TableArn: arn,
    DeletionProtectionEnabled: deletionProtection,
    ...(encrypted && { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } }),
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
      LatestStreamArn: stream.arn,
      LatestStreamLabel: stream.label,
    }),
  };
}

const backups = ({ pointInTimeRecovery }: Table): Json => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: pointInTimeRecovery ? 'ENABLED' : 'DISABLED',
    },
  },
});

const VIEW_TYPES: readonly ViewType[] = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];

function readViewType(value: string): ViewType {
  const found = VIEW_TYPES.find((type) => type === value);
  if (!found)
    throw new AwsError('ValidationException', `StreamViewType must be one of ${VIEW_TYPES.join(', ')}`);
  return found;
}
