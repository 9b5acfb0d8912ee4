import type { Model } from '../../../cedar/model.ts';
import type { Finding } from './finding.ts';

/** Operations without an authorizer: whoever can reach the API can call them. `file`: the API document. */
export const publicFindings = ({ publicRoutes }: Model, file: string): Finding[] =>
  publicRoutes.map(({ method, path }) => ({
    code: 'PUBLIC_OPERATION',
    severity: 'note',
    set: 'all tenants',
    site: { file, line: 1, column: 1 },
    action: `${method} ${path}`,
    message: `anybody can ${method} ${path}, without a token`,
    remedy: 'see that this is meant',
    certainty: { kind: 'proved', by: 'scopes' },
  }));
