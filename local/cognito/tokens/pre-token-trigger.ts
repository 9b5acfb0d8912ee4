import { AwsError } from '../../aws/service.ts';
import { inTime } from './in-time.ts';
import { NO_OVERRIDES, readOverrides, type Overrides } from './overrides.ts';
import { triggerEvent, type Subject, type TriggerSource } from './trigger-event.ts';

/** Calls a function on behalf of a user pool, which needs the function's permission. */
export type InvokeTrigger = (
  functionArn: string,
  event: object,
  poolArn: string,
) => Promise<
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: { readonly message: string } }
>;

/**
 * Asks a pool's pre token generation trigger. Whatever goes wrong, no token is issued.
 * @throws AwsError UserLambdaValidationException, UnexpectedLambdaException, InvalidLambdaResponseException
 */
export async function askTrigger(
  invoke: InvokeTrigger,
  source: TriggerSource,
  subject: Subject,
  scopes: readonly string[],
): Promise<Overrides> {
  const { arn, settings } = subject.pool;
  const trigger = settings.preTokenTrigger;
  if (!trigger) return NO_OVERRIDES;
  const event = triggerEvent(trigger.version, source, subject, scopes);
  const answer = await inTime(invoke(trigger.arn, event, arn));
  if (!answer.ok)
    throw new AwsError(
      'UserLambdaValidationException',
      `PreTokenGeneration failed with error ${answer.error.message}.`,
    );
  return readOverrides(trigger.version, answer.result);
}
