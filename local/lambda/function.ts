import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import pLimit from 'p-limit';
import { AwsError } from '../aws/service.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import { functionEnvironment, type CloudFacts } from './environment.ts';
import { startSandbox, type Answer, type Sandbox } from './sandbox.ts';

export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly roleName: string;
  /** Folder of the bundle, absolute. */
  readonly folder: string;
  /** `index.handler`: file without extension, and export. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logGroup: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface LambdaFunction {
  readonly settings: FunctionSettings;
  /** `event` is JSON text. */
  invoke(event: string): Promise<Answer>;
  /** Ends the sandboxes at once. Invocations that run or wait fail. */
  close(): Promise<void>;
  /** Takes no more invocations, and ends when those that it has are answered. */
  retire(): Promise<void>;
}

/** More invocations wait. On AWS an account has 1,000 at a time; here each costs a thread, and 0.3 s to start. */
const MAX_SANDBOXES = 4;

/** @throws AwsError InvalidParameterValueException when the bundle has no such handler file */
export function createFunction(
  settings: FunctionSettings,
  cloud: CloudFacts,
  logs: LogGroups,
): LambdaFunction {
  const { name, arn, memoryMb, timeoutSeconds, logGroup } = settings;
  const [file, exportName] = locateHandler(settings);
  const log = (line: string): void => logs.append(logGroup, line);
  const limit = pLimit(MAX_SANDBOXES);
  const busy = new Set<Sandbox>();
  const idle: Sandbox[] = [];
  const running = new Set<Promise<Answer>>();
  let closed = false;

  const start = (): Sandbox | Answer => {
    const environment = functionEnvironment(settings, cloud);
    try {
      return startSandbox({ file, exportName, environment, memoryMb, timeoutSeconds, log });
    } catch (error) {
      // NODE_OPTIONS that a thread does not take.
      return failure('Runtime.InitError', String(error));
    }
  };

  const run = async (event: string): Promise<Answer> => {
    if (closed) return failure('Runtime.ExitError', 'The function was stopped');
    const sandbox = takeAlive(idle) ?? start();
    if ('ok' in sandbox) return sandbox;
    const requestId = randomUUID();
    busy.add(sandbox);
    const answer = await sandbox.invoke(event, {
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMb),
      awsRequestId: requestId,
      logGroupName: logGroup,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
    });
    busy.delete(sandbox);
    if (!answer.ok) log(`${requestId} ERROR ${answer.error.type}: ${answer.error.message}`);
    if (!sandbox.hasEnded()) idle.push(sandbox);
    return answer;
  };

  const close = async (): Promise<void> => {
    closed = true;
    await Promise.all([...busy, ...idle].map((sandbox) => sandbox.close()));
  };

  return {
    settings,
    close,
    async invoke(event) {
      const answer = limit(() => run(event));
      running.add(answer);
      try {
        return await answer;
      } finally {
        running.delete(answer);
      }
    },
    async retire() {
      await Promise.allSettled(running);
      await close();
    },
  };
}

const failure = (type: string, message: string): Answer => ({
  ok: false,
  error: { type, message },
  timedOut: false,
});

/** The one used last, which is warmest; one may have crashed since. */
function takeAlive(idle: Sandbox[]): Sandbox | undefined {
  let sandbox = idle.pop();
  while (sandbox?.hasEnded()) sandbox = idle.pop();
  return sandbox;
}

function locateHandler({ folder, handler }: FunctionSettings): readonly [file: string, exportName: string] {
  const dot = handler.lastIndexOf('.');
  const base = path.join(folder, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => base + extension)
    .find((candidate) => existsSync(candidate));
  if (!file)
    throw new AwsError(
      'InvalidParameterValueException',
      `${folder} has no module for the handler ${handler}`,
    );
  return [file, handler.slice(dot + 1)];
}
