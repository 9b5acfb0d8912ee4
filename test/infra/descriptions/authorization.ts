import { readFileSync } from 'node:fs';

/** What AWS says of actions, as far as the program, its functions and its deployer have to do with them. */
export interface Authorization {
  readonly sources: readonly string[];
  /** Action -> forms of the ARNs that it may be granted on; none where it takes no ARN. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** AWS's own policies for execution roles -> their actions. */
  readonly managed: Readonly<Record<string, readonly string[]>>;
  /** CloudFormation type -> what making, reading, changing and deleting one takes. */
  readonly handlers: Readonly<Record<string, readonly string[]>>;
}

/** What tools/descriptions/condense.ts wrote. */
export const readAuthorization = (): Authorization => {
  const text = readFileSync(new URL('./authorization.json', import.meta.url), 'utf8');
  const authorization: Authorization = JSON.parse(text);
  return authorization;
};

/** Of Lambda itself, for every function and for those that have an event source or are in a network. */
export const MANAGED = {
  logs: 'AWSLambdaBasicExecutionRole',
  stream: 'AWSLambdaDynamoDBExecutionRole',
  queue: 'AWSLambdaSQSQueueExecutionRole',
  network: 'AWSLambdaVPCAccessExecutionRole',
} as const;
