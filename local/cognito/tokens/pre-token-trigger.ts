import { AwsError } from '../../aws/service.ts';
import { inTime } from './in-time.ts';
import { NO_OVERRIDES, readOverrides, type Overrides } from './overrides.ts';
import type { TriggerVersion, UserPool } from '../pool.ts';
import {
  type Machine,
  machineEvent,
  triggerEvent,
  type Subject,
  type TriggerSource,
} from './trigger-event.ts';

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
  const trigger = subject.pool.settings.preTokenTrigger;
  if (!trigger) return NO_OVERRIDES;
  return answerOf(invoke, subject.pool, trigger, triggerEvent(trigger.version, source, subject, scopes));
}

/**
 * The same for an application that signs in as itself: only triggers of version 3 are asked (Cognito Developer Guide,
 * "Pre token generation Lambda trigger").
 * @throws AwsError UserLambdaValidationException, UnexpectedLambdaException, InvalidLambdaResponseException
 */
export async function askMachineTrigger(invoke: InvokeTrigger, machine: Machine): Promise<Overrides> {
  const trigger = machine.pool.settings.preTokenTrigger;
  if (trigger?.version !== 'V3_0') return NO_OVERRIDES;
  return answerOf(invoke, machine.pool, trigger, machineEvent(machine));
}

async function answerOf(
  invoke: InvokeTrigger,
  pool: UserPool,
  trigger: { readonly arn: string; readonly version: TriggerVersion },
  event: object,
): Promise<Overrides> {
  const answer = await inTime(invoke(trigger.arn, event, pool.arn));
  if (!answer.ok)
    throw new AwsError(
      'UserLambdaValidationException',
      `PreTokenGeneration failed with error ${answer.error.message}.`,
    );
  return readOverrides(trigger.version, answer.result);
}
