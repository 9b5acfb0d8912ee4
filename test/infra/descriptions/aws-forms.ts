import { createHash } from 'node:crypto';
import type { Created } from '../../../local/program/resource.ts';
import type { Registration } from '../record.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = '123456789012';

/** Ids, ARNs and addresses as AWS makes them, so that what the program builds of them can be compared with patterns. */
export function asAws({ type, name, inputs }: Registration): Created {
  const id = createHash('sha256').update(`${type} ${name}`).digest('hex');
  const arn = (service: string, rest: string, region = REGION): string =>
    `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;
  const named = typeof inputs['name'] === 'string' ? inputs['name'] : name;
  const made = (given: string, state: Readonly<Record<string, unknown>> = {}): Created => ({
    id: given,
    state: { ...inputs, id: given, ...state },
  });
  switch (type) {
    case 'aws:iam/role:Role':
      return made(named, { arn: arn('iam', `role/${named}`, '') });
    case 'aws:sqs/queue:Queue':
      return made(`https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${named}`, {
        arn: arn('sqs', named),
        url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${named}`,
      });
    case 'aws:cloudwatch/logGroup:LogGroup':
      return made(named, { arn: arn('logs', `log-group:${named}`) });
    case 'aws:dynamodb/table:Table':
      return made(named, {
        arn: arn('dynamodb', `table/${named}`),
        streamArn: arn('dynamodb', `table/${named}/stream/2026-01-01T00:00:00.000`),
      });
    case 'aws:lambda/function:Function': {
      const functionArn = arn('lambda', `function:${named}`);
      return made(named, {
        arn: functionArn,
        invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      });
    }
    case 'aws:cognito/userPool:UserPool': {
      const pool = `${REGION}_${id.slice(0, 9)}`;
      return made(pool, { arn: arn('cognito-idp', `userpool/${pool}`) });
    }
    case 'aws:verifiedpermissions/policyStore:PolicyStore': {
      const store = `PS${id.slice(0, 20)}`;
      return made(store, {
        policyStoreId: store,
        arn: arn('verifiedpermissions', `policy-store/${store}`, ''),
      });
    }
    case 'aws:apigateway/stage:Stage':
      return made(id.slice(0, 10), {
        invokeUrl: `https://${id.slice(0, 10)}.execute-api.${REGION}.amazonaws.com/live`,
      });
    case 'aws:apigatewayv2/stage:Stage':
      return made(id.slice(0, 10), {
        invokeUrl: `wss://${id.slice(0, 10)}.execute-api.${REGION}.amazonaws.com/live`,
      });
    default: {
      const short = id.slice(0, type.startsWith('aws:cognito/') ? 26 : 10);
      return made(short, { arn: arn('any', short), executionArn: arn('execute-api', short) });
    }
  }
}
