import { SignJWT } from 'jose';
import type { Claims } from './claims.ts';
import { ALGORITHM, type SigningKey } from './signing-keys.ts';

export const sign = (claims: Claims, { kid, privateKey }: SigningKey): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: ALGORITHM, kid }).sign(privateKey);
