import { isJson } from '../../local/aws/input.ts';
import { SECURITY, type TestStack } from './stack.ts';

const TARGETS: Readonly<Record<string, string>> = {
  'cognito-idp': 'AWSCognitoIdentityProviderService',
  dynamodb: 'DynamoDB_20120810',
  verifiedpermissions: 'VerifiedPermissions',
};
/** What the embedded cloud has no API for. */
const HANDLERS: Readonly<Record<string, string>> = {
  'iam delete-role': 'aws:iam/role:Role',
  'logs delete-log-group': 'aws:cloudwatch/logGroup:LogGroup',
  'lambda delete-function': 'aws:lambda/function:Function',
  'lambda remove-permission': 'aws:lambda/permission:Permission',
  'apigateway delete-rest-api': 'aws:apigateway/restApi:RestApi',
  'apigateway delete-usage-plan': 'aws:apigateway/usagePlan:UsagePlan',
};

/** Does what a command of the AWS CLI that deletes something would do. */
export async function runAws(stack: TestStack, command: string): Promise<void> {
  const [, service = '', operation = '', rest = ''] = /^aws (\S+) (\S+) (.*)$/.exec(command) ?? [];
  const options = [...rest.matchAll(/--(\S+) ('[^']*'|\S+)/g)].map(([, name = '', value = '']) => [
    name,
    unquoted(value),
  ]);
  const target = TARGETS[service];
  if (target !== undefined) {
    const word = service === 'verifiedpermissions' ? camel : pascal;
    const input = Object.fromEntries(options.map(([name, value]) => [word(String(name)), value]));
    // Items are the security role's to write.
    await stack.do(target, pascal(operation), input, service === 'dynamodb' ? SECURITY : 'operator');
    return;
  }
  const handler = stack.services.handlers[HANDLERS[`${service} ${operation}`] ?? ''];
  if (!handler) throw new Error(`no such command here: ${command}`);
  await handler.delete(String(options.at(-1)?.[1]), { function: options[0]?.[1] });
}

const unquoted = (text: string): unknown => {
  if (!text.startsWith("'")) return text;
  const value: unknown = JSON.parse(text.slice(1, -1));
  return isJson(value) ? value : text;
};
const pascal = (words: string): string =>
  words.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const camel = (words: string): string =>
  words.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
