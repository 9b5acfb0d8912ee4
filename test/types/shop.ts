// What dsl/index.ts is to the real API, for the tests' own one.
import { language } from '../../dsl/language.ts';
import { model } from './model.ts';
import { type Api, op, type Schema } from './schema.ts';

export { model, op };
export type { Schema };

export const shop = language<Api>(model, op);
export const {
  saasTenant,
  customerApp,
  workforceApp,
  serviceClient,
  federatedWith,
  oidcIssuer,
  guardrails,
  retired,
  extension,
} = shop;
