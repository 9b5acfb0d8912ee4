import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const LENGTH = 32;
/**
 * A sixteenth of Node's own. These are passwords of test users, which nobody keeps: at Node's, the users of 20 tenants
 * take 8 s of processor time to make, half of what the whole cloud takes to start.
 */
const COST: ScryptOptions = { cost: 1_024 };

export interface PasswordHash {
  readonly salt: Buffer;
  readonly key: Buffer;
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, key: await derive(password, salt, LENGTH, COST) };
}

export const isPassword = async ({ salt, key }: PasswordHash, password: string): Promise<boolean> =>
  timingSafeEqual(key, await derive(password, salt, LENGTH, COST));
