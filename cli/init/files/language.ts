/** `dsl/index.ts`: what tenant files import. */
export const languageFile =
  (): string => `/** What tenant files import: the language bound to the vocabulary that \`npm run schema\` wrote. */
import { language } from 'cedarwright';
import model from './generated/model.json' with { type: 'json' };
import { type Api, op } from './generated/schema.ts';

export type { Policy } from 'cedarwright';
export { op };

export const {
  permit,
  forbid,
  entity,
  group,
  link,
  set,
  ip,
  decimal,
  datetime,
  duration,
  saasTenant,
  customerApp,
  guardrails,
  extension,
} = language<Api>(model, op);
`;

/** `dsl/testing.ts`: what policy tests import. */
export const testingFile = (): string => `/** What policy tests import: they speak the same vocabulary. */
import { policyTests } from 'cedarwright/testing';
import type { Api } from './generated/schema.ts';

export const { policies, sample } = policyTests<Api>();
`;
