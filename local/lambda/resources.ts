import { json, optionalJson, optionalNumber, optionalText, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { recorded } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import type { FunctionSettings } from './function.ts';
import type { LambdaHost } from './host.ts';

export interface LambdaResourcesArgs {
  readonly host: LambdaHost;
  readonly region: string;
  readonly account: string;
}

/** Lambda Developer Guide, "Lambda quotas" and the defaults of CreateFunction. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/**
 * Functions and the permissions to invoke them. Of `runtime` only the family counts, because all run on this Node.
 * `architectures` and `vpcConfig` have no meaning for JavaScript on one machine: they change nothing here.
 */
export function lambdaResources({ host, region, account }: LambdaResourcesArgs): ResourceHandlers {
  const arnOf = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;
  const stateOf = (inputs: Json, name: string): Json => {
    const arn = arnOf(name);
    const invokeArn = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return { ...inputs, name, arn, invokeArn, version: '$LATEST' };
  };
  return {
    'aws:lambda/function:Function': {
      inputs: [
        'name',
        'role',
        'runtime',
        'architectures',
        'handler',
        'code',
        'memorySize',
        'timeout',
        'environment',
        'loggingConfig',
        'vpcConfig',
      ],
      replaceOn: ['name'],
      async create(inputs, logicalName) {
        const name = optionalText(inputs, 'name') ?? logicalName;
        host.create(settingsOf(inputs, name, arnOf(name)));
        return { id: name, state: stateOf(inputs, name) };
      },
      async update(id, inputs) {
        host.update(settingsOf(inputs, id, arnOf(id)));
        return stateOf(inputs, id);
      },
      read: async (id, inputs, state) => recorded(host.has(id), inputs, state),
      async delete(id) {
        await host.remove(id);
      },
    },
    'aws:lambda/permission:Permission': permissionResource(host),
  };
}

function permissionResource(host: LambdaHost): ResourceHandlers[string] {
  const put = (id: string, inputs: Json): void =>
    host.get(text(inputs, 'function')).policy.put(id, {
      action: text(inputs, 'action'),
      principal: text(inputs, 'principal'),
      sourceArn: optionalText(inputs, 'sourceArn'),
      sourceAccount: optionalText(inputs, 'sourceAccount'),
    });
  return {
    inputs: ['statementId', 'action', 'function', 'principal', 'sourceArn', 'sourceAccount'],
    replaceOn: ['statementId', 'function'],
    async create(inputs, logicalName) {
      const id = optionalText(inputs, 'statementId') ?? logicalName;
      const { policy } = host.get(text(inputs, 'function'));
      if (policy.has(id))
        throw new AwsError(
          'ResourceConflictException',
          `The statement id (${id}) provided already exists.`,
          {},
          409,
        );
      put(id, inputs);
      return { id, state: { ...inputs, statementId: id } };
    },
    async update(id, inputs, state) {
      put(id, inputs);
      return { ...state, ...inputs };
    },
    async read(id, inputs, state) {
      const name = text(state, 'function');
      return recorded(host.has(name) && host.get(name).policy.has(id), inputs, state);
    },
    async delete(id, state) {
      host.get(text(state, 'function')).policy.remove(id);
    },
  };
}

function settingsOf(inputs: Json, name: string, arn: string): FunctionSettings {
  const runtime = text(inputs, 'runtime');
  if (!runtime.startsWith('nodejs'))
    throw new AwsError('InvalidParameterValueException', `The embedded cloud does not run ${runtime}`);
  const logging = optionalJson(inputs, 'loggingConfig');
  const environment = optionalJson(inputs, 'environment');
  return {
    name,
    arn,
    roleName: text(inputs, 'role').split('/').at(-1)!,
    folder: text(json(inputs, 'code'), 'fileArchive'),
    handler: text(inputs, 'handler'),
    memoryMb: optionalNumber(inputs, 'memorySize') ?? DEFAULT_MEMORY_MB,
    timeoutSeconds: optionalNumber(inputs, 'timeout') ?? DEFAULT_TIMEOUT_SECONDS,
    logGroup: (logging && optionalText(logging, 'logGroup')) ?? `/aws/lambda/${name}`,
    variables: environment ? textValues(json(environment, 'variables')) : {},
  };
}

const textValues = (variables: Json): Record<string, string> =>
  Object.fromEntries(Object.keys(variables).map((name) => [name, text(variables, name)]));
