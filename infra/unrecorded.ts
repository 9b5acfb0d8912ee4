import { NAMELESS } from './nameless.ts';

/** Something that is there, though the engine has no record of it. */
export interface Unrecorded {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where it had to be looked for. */
  readonly id?: string;
}

/**
 * What to tell the person. Two ways mend it: the engine takes over what is there, or it is deleted and made again, which
 * is for what holds nothing.
 */
export function remedyFor(found: Unrecorded): string {
  const { urn } = found;
  const id = found.id ?? idOf(found);
  const remove = removal(found);
  return [
    `${urn.split('::').at(-1)}: it is there already${id === undefined ? '' : ` (${id})`}, and this stack has no record of it: a deployment was interrupted.`,
    ...(id === undefined
      ? []
      : [`Take it over:  pulumi refresh --import-pending-creates '${urn}' --import-pending-creates '${id}'`]),
    ...(remove === undefined ? [] : [`Or delete it:  ${remove}`]),
    'Then: pulumi up',
  ].join('\n');
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Of types whose id follows from what was asked for. */
function idOf({ type, inputs }: Unrecorded): string | undefined {
  const name = text(inputs['name']);
  if (type === 'aws:cognito/userGroup:UserGroup') return `${text(inputs['userPoolId'])}/${name}`;
  if (type === 'aws:cognito/userPoolDomain:UserPoolDomain') return text(inputs['domain']);
  if (type === 'aws:cognito/identityProvider:IdentityProvider')
    return `${text(inputs['userPoolId'])}:${text(inputs['providerName'])}`;
  if (type === 'aws:cognito/resourceServer:ResourceServer')
    return `${text(inputs['userPoolId'])}|${text(inputs['identifier'])}`;
  return NAMED.has(type) ? name : undefined;
}

const NAMED: ReadonlySet<string> = new Set([
  'aws:dynamodb/table:Table',
  'aws:iam/role:Role',
  'aws:cloudwatch/logGroup:LogGroup',
  'aws:lambda/function:Function',
]);

/** The command that deletes it; none for what may hold anything. */
function removal({ type, inputs, id }: Unrecorded): string | undefined {
  if (id !== undefined && NAMELESS[type]) return NAMELESS[type](id);
  const input = (name: string): string => text(inputs[name]) ?? '…';
  switch (type) {
    case 'aws:dynamodb/tableItem:TableItem':
      return `aws dynamodb delete-item --table-name ${input('tableName')} --key '${keyOf(inputs)}'`;
    case 'aws:cognito/userPoolClient:UserPoolClient':
      return `aws cognito-idp delete-user-pool-client --user-pool-id ${input('userPoolId')} --client-id ${id ?? '…'}`;
    case 'aws:lambda/permission:Permission':
      return `aws lambda remove-permission --function-name ${input('function')} --statement-id ${input('statementId')}`;
    case 'aws:lambda/eventSourceMapping:EventSourceMapping':
      return `aws lambda list-event-source-mappings --function-name ${input('functionName')}, then delete-event-source-mapping --uuid …`;
    case 'aws:apigateway/stage:Stage':
      return `aws apigateway delete-stage --rest-api-id ${input('restApi')} --stage-name ${input('stageName')}`;
    default:
      return undefined;
  }
}

function keyOf(inputs: Readonly<Record<string, unknown>>): string {
  const item: Readonly<Record<string, unknown>> = JSON.parse(text(inputs['item']) ?? '{}');
  const names = [text(inputs['hashKey']), text(inputs['rangeKey'])].filter((name) => name !== undefined);
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, item[name]])));
}
