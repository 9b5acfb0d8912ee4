import { SignInFailed } from '../local/seed/code-flow.ts';
import { NobodyThere, signIn } from '../local/seed/sign-in.ts';
import { Expected } from './fail.ts';
import { readRunning } from './running.ts';

/**
 * `cedarwright token`: the token with which a test user of the running cloud, or a service, calls the API: the access
 * token, or the ID token of a tenant whose grant that is.
 * @throws Expected when no cloud runs, or it knows no such tenant or user
 */
export async function token(root: string, tenant: string, user?: string): Promise<string> {
  const running = await readRunning(root);
  if (!running) throw new Expected('no embedded cloud is running here — start one with: npm start');
  try {
    const { grant } = await signIn(running, tenant, user);
    if (!grant) throw new Error(`the issuer of ${tenant} issued no such token`);
    return grant;
  } catch (error) {
    if (error instanceof NobodyThere || isRefusal(error)) throw new Expected(error.message);
    if (isRefused(error))
      throw new Expected(`nothing answers at ${running.endpoint} — start it with: npm start`);
    throw error;
  }
}

/** The tenant's own token hook has its reasons, and says them. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof SignInFailed || (error instanceof Error && error.name === 'UserLambdaValidationException');

/** What killed the cloud left its note behind, and another process has its number by now. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
