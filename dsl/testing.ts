/** What policy tests import: `policies` and `sample`, bound to the vocabulary that `npm run schema` wrote. */
import type { Api } from './generated/schema.ts';
import { policyTests } from './testing/index.ts';

export const { policies, sample } = policyTests<Api>();
