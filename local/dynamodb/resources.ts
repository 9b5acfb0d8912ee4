import { json, jsonList, optionalFlag, optionalJson, optionalText, text, type Json } from '../aws/input.ts';
import type { Caller } from '../aws/service.ts';
import { observed, observedText } from '../program/observed.ts';
import { present } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import type { DynamoDb } from './server.ts';
import { tableItemResource } from './table-item.ts';

export interface DynamoDbResourcesArgs {
  readonly dynamodb: DynamoDb;
  /** On whose behalf tables are made. */
  readonly deployer: Caller;
  /** On whose behalf items are written: the role that the program's provider assumes for them. */
  readonly writer: Caller;
}

/** Tables, their guards, and items that are part of the stack. */
export function dynamoDbResources({ dynamodb, deployer, writer }: DynamoDbResourcesArgs): ResourceHandlers {
  const deploy = (operation: string, input: Json): Promise<object> =>
    dynamodb.call(operation, input, deployer);

  const setBackups = (name: string, inputs: Json): Promise<object> => {
    const backups = optionalJson(inputs, 'pointInTimeRecovery');
    return deploy('UpdateContinuousBackups', {
      TableName: name,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: backups !== undefined && optionalFlag(backups, 'enabled') === true,
      },
    });
  };

  const tableState = async (name: string, inputs: Json): Promise<Json> => {
    const table = json({ ...(await deploy('DescribeTable', { TableName: name })) }, 'Table');
    return {
      ...inputs,
      name,
      arn: text(table, 'TableArn'),
      streamArn: optionalText(table, 'LatestStreamArn'),
      streamLabel: optionalText(table, 'LatestStreamLabel'),
    };
  };

  return {
    'aws:dynamodb/table:Table': {
      inputs: [
        'name',
        'billingMode',
        'hashKey',
        'rangeKey',
        'attributes',
        'streamEnabled',
        'streamViewType',
        'serverSideEncryption',
        'pointInTimeRecovery',
        'deletionProtectionEnabled',
      ],
      replaceOn: ['name', 'hashKey', 'rangeKey', 'attributes', 'billingMode'],
      async create(inputs, logicalName) {
        const name = optionalText(inputs, 'name') ?? logicalName;
        await deploy('CreateTable', {
          TableName: name,
          BillingMode: optionalText(inputs, 'billingMode') ?? 'PROVISIONED',
          AttributeDefinitions: jsonList(inputs, 'attributes').map((attribute) => ({
            AttributeName: text(attribute, 'name'),
            AttributeType: text(attribute, 'type'),
          })),
          KeySchema: keySchema(inputs),
          ...tableSettings(inputs),
          ...(optionalFlag(inputs, 'streamEnabled') && { StreamSpecification: streamSpecification(inputs) }),
        });
        await setBackups(name, inputs);
        return { id: name, state: await tableState(name, inputs) };
      },
      async update(id, inputs, state) {
        const hadStream = optionalFlag(state, 'streamEnabled') ?? false;
        const hasStream = optionalFlag(inputs, 'streamEnabled') ?? false;
        await deploy('UpdateTable', {
          TableName: id,
          ...tableSettings(inputs),
          ...(hadStream !== hasStream && { StreamSpecification: streamSpecification(inputs) }),
        });
        await setBackups(id, inputs);
        return tableState(id, inputs);
      },
      async read(id, inputs, state) {
        const found = await present(deploy('DescribeTable', { TableName: id }));
        if (!found) return undefined;
        const backups = await deploy('DescribeContinuousBackups', { TableName: id });
        const actual = tableInputs(json({ ...found }, 'Table'), { ...backups });
        return { inputs: observed(inputs, actual), state: await tableState(id, observed(state, actual)) };
      },
      async delete(id) {
        await deploy('DeleteTable', { TableName: id });
      },
    },
    'aws:dynamodb/resourcePolicy:ResourcePolicy': {
      inputs: ['resourceArn', 'policy'],
      replaceOn: ['resourceArn'],
      async create(inputs) {
        const resourceArn = text(inputs, 'resourceArn');
        await deploy('PutResourcePolicy', { ResourceArn: resourceArn, Policy: text(inputs, 'policy') });
        return { id: resourceArn, state: inputs };
      },
      async update(id, inputs) {
        await deploy('PutResourcePolicy', { ResourceArn: id, Policy: text(inputs, 'policy') });
        return inputs;
      },
      async read(id, inputs, state) {
        const found = await present(deploy('GetResourcePolicy', { ResourceArn: id }));
        if (!found) return undefined;
        const actual: unknown = JSON.parse(text({ ...found }, 'Policy'));
        const policy = observedText(inputs['policy'], actual);
        return { inputs: { ...inputs, policy }, state: { ...state, policy } };
      },
      async delete(id) {
        await deploy('DeleteResourcePolicy', { ResourceArn: id });
      },
    },
    ...tableItemResource((operation, input) => dynamodb.call(operation, input, writer)),
  };
}

function keySchema(inputs: Json): Json[] {
  const rangeKey = optionalText(inputs, 'rangeKey');
  return [
    { AttributeName: text(inputs, 'hashKey'), KeyType: 'HASH' },
    ...(rangeKey ? [{ AttributeName: rangeKey, KeyType: 'RANGE' }] : []),
  ];
}

function tableSettings(inputs: Json): Json {
  const encryption = optionalJson(inputs, 'serverSideEncryption');
  return {
    DeletionProtectionEnabled: optionalFlag(inputs, 'deletionProtectionEnabled') ?? false,
    ...(encryption && { SSESpecification: { Enabled: optionalFlag(encryption, 'enabled') ?? false } }),
  };
}

/** What can be changed of a table, as the program would ask for it. */
function tableInputs(table: Json, backups: Json): Json {
  const stream = optionalJson(table, 'StreamSpecification');
  const recovery = json(json(backups, 'ContinuousBackupsDescription'), 'PointInTimeRecoveryDescription');
  return {
    streamEnabled: stream !== undefined,
    streamViewType: stream && optionalText(stream, 'StreamViewType'),
    serverSideEncryption: { enabled: optionalJson(table, 'SSEDescription') !== undefined },
    pointInTimeRecovery: { enabled: text(recovery, 'PointInTimeRecoveryStatus') === 'ENABLED' },
    deletionProtectionEnabled: optionalFlag(table, 'DeletionProtectionEnabled') ?? false,
  };
}

const streamSpecification = (inputs: Json): Json =>
  optionalFlag(inputs, 'streamEnabled')
    ? { StreamEnabled: true, StreamViewType: text(inputs, 'streamViewType') }
    : { StreamEnabled: false };
