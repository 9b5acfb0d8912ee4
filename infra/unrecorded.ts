/** Something that is there, though the engine has no record of it. */
export interface Unrecorded {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where it had to be looked for. */
  readonly id?: string;
}

/**
 * What to tell the person. What was made and never recorded was never used, because all that uses it waits for the
 * record: it can be deleted and made again. Only where a whole state was lost is there something to keep.
 */
export function remedyFor(found: Unrecorded): string {
  const name = found.urn.split('::').at(-1)!;
  const command = deletion(found);
  return [
    `${name}: it is there already${found.id === undefined ? '' : ` (${found.id})`}, and this stack has no record of it.`,
    'A deployment that was interrupted made it; nothing uses it yet.',
    ...(command === undefined ? [] : [`Delete it:  ${command}`]),
    'Then: pulumi up',
    `Was the state of the stack lost, and it holds something? Then keep it:  pulumi import '${found.type}' '${name}' '${found.id ?? '<id>'}' --parent 'parent=${parentOf(found.urn)}' --generate-code=false`,
  ].join('\n');
}

/** `…::app:infra:Tenant$aws:x:Pool::acme-pool` -> `…::app:infra:Tenant::<its name>`: only the engine knows the name. */
function parentOf(urn: string): string {
  const parts = urn.split('::');
  const types = (parts[2] ?? '').split('$').slice(0, -1).join('$');
  return [...parts.slice(0, 2), types, '<name>'].join('::');
}

/** The command that deletes it. Commands end with what the inputs say, or with the id that was found. */
function deletion({ type, inputs, id }: Unrecorded): string | undefined {
  const input = (name: string): string => (typeof inputs[name] === 'string' ? inputs[name] : '…');
  const found = id ?? '…';
  const commands: Readonly<Record<string, () => string>> = {
    'aws:cognito/userPool:UserPool': () => `cognito-idp delete-user-pool --user-pool-id ${found}`,
    'aws:cognito/userPoolClient:UserPoolClient': () =>
      `cognito-idp delete-user-pool-client --user-pool-id ${input('userPoolId')} --client-id ${found}`,
    'aws:cognito/userGroup:UserGroup': () =>
      `cognito-idp delete-group --user-pool-id ${input('userPoolId')} --group-name ${input('name')}`,
    'aws:verifiedpermissions/policyStore:PolicyStore': () =>
      `verifiedpermissions delete-policy-store --policy-store-id ${found}`,
    'aws:dynamodb/tableItem:TableItem': () =>
      `dynamodb delete-item --table-name ${input('tableName')} --key '${keyOf(inputs)}'`,
    'aws:dynamodb/table:Table': () => `dynamodb delete-table --table-name ${input('name')}`,
    'aws:iam/role:Role': () => `iam delete-role --role-name ${input('name')}`,
    'aws:cloudwatch/logGroup:LogGroup': () => `logs delete-log-group --log-group-name ${input('name')}`,
    'aws:sqs/queue:Queue': () =>
      `sqs delete-queue --queue-url $(aws sqs get-queue-url --queue-name ${input('name')} --query QueueUrl --output text)`,
    'aws:lambda/function:Function': () => `lambda delete-function --function-name ${input('name')}`,
    'aws:lambda/permission:Permission': () =>
      `lambda remove-permission --function-name ${input('function')} --statement-id ${input('statementId')}`,
    'aws:lambda/eventSourceMapping:EventSourceMapping': () =>
      `lambda delete-event-source-mapping --uuid $(aws lambda list-event-source-mappings --function-name ${input('functionName')} --event-source-arn ${input('eventSourceArn')} --query EventSourceMappings[0].UUID --output text)`,
    'aws:apigateway/restApi:RestApi': () => `apigateway delete-rest-api --rest-api-id ${found}`,
    'aws:apigateway/stage:Stage': () =>
      `apigateway delete-stage --rest-api-id ${input('restApi')} --stage-name ${input('stageName')}`,
    'aws:apigateway/usagePlan:UsagePlan': () => `apigateway delete-usage-plan --usage-plan-id ${found}`,
    'aws:apigateway/apiKey:ApiKey': () =>
      `apigateway delete-api-key --api-key $(aws apigateway get-api-keys --name-query ${input('name')} --query items[0].id --output text)`,
    'aws:apigatewayv2/api:Api': () => `apigatewayv2 delete-api --api-id ${found}`,
    'aws:apigatewayv2/stage:Stage': () =>
      `apigatewayv2 delete-stage --api-id ${input('apiId')} --stage-name ${input('name')}`,
  };
  const command = commands[type];
  return command && `aws ${command()}`;
}

function keyOf(inputs: Readonly<Record<string, unknown>>): string {
  const { item, hashKey, rangeKey } = inputs;
  const whole: Readonly<Record<string, unknown>> = JSON.parse(typeof item === 'string' ? item : '{}');
  const names = [hashKey, rangeKey].filter((name) => typeof name === 'string');
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, whole[name]])));
}
