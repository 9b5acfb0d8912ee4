import { randomBytes } from 'node:crypto';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** In the service's own form: `us-east-1_Ab3dE6gH9`. Libraries refuse any other. */
export const newPoolId = (region: string): string => `${region}_${random(UPPER + LOWER + DIGITS, 9)}`;
export const newClientId = (): string => random(LOWER + DIGITS, 26);
export const newClientSecret = (): string => random(LOWER + DIGITS, 51);
/** A refresh token: opaque, and too long to guess. */
export const newRefreshToken = (): string => randomBytes(64).toString('base64url');

const random = (alphabet: string, length: number): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
