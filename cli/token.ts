import { NobodyThere, signIn } from '../local/seed/sign-in.ts';
import { Expected } from './fail.ts';
import { readRunning } from './running.ts';

/**
 * `cedarwright token`: the access token of a test user of the running cloud.
 * @throws Expected when no cloud runs, or it knows no such tenant or user
 */
export async function token(root: string, tenant: string, user: string): Promise<string> {
  const running = await readRunning(root);
  if (!running) throw new Expected('no embedded cloud is running here — start one with: npm start');
  try {
    const { AccessToken = '' } = await signIn(running, tenant, user);
    return AccessToken;
  } catch (error) {
    throw error instanceof NobodyThere ? new Expected(error.message) : error;
  }
}
