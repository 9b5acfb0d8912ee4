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
    const { AccessToken } = await signIn(running, tenant, user);
    if (!AccessToken) throw new Error(`the pool of ${tenant} issued no access token`);
    return AccessToken;
  } catch (error) {
    if (error instanceof NobodyThere) throw new Expected(error.message);
    if (isRefused(error))
      throw new Expected(`nothing answers at ${running.endpoint} — start it with: npm start`);
    throw error;
  }
}

/** What killed the cloud left its note behind, and another process has its number by now. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
