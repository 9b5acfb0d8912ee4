import { AwsError } from '../../aws/service.ts';

/** A trigger "must respond within 5 seconds" (Cognito Developer Guide, "Customizing user pool workflows"). */
const LIMIT_MS = 5000;

/**
 * The result of a trigger's work, unless it takes too long.
 * @param limitMs milliseconds
 * @throws AwsError UnexpectedLambdaException
 */
export async function inTime<T>(work: Promise<T>, limitMs = LIMIT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = (): AwsError =>
  new AwsError(
    'UnexpectedLambdaException',
    'PreTokenGeneration invocation failed due to error Socket timeout while invoking Lambda function.',
  );
