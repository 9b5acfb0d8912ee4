/** What tenant files import: the language bound to the vocabulary that `npm run schema` wrote. */
import model from './generated/model.json' with { type: 'json' };
import { type Api, op } from './generated/schema.ts';
import { language } from './language.ts';

export type { Policy } from './language.ts';
export { op };

export const {
  permit,
  forbid,
  entity,
  group,
  actionEntity,
  link,
  value,
  set,
  record,
  ip,
  decimal,
  datetime,
  duration,
  saasTenant,
  customerApp,
  workforceApp,
  serviceClient,
  federatedWith,
  oidcIssuer,
  guardrails,
  retired,
  extension,
} = language<Api>(model, op);
