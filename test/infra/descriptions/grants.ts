import type { Registration } from '../record.ts';
import { listed, type Statement } from './statements.ts';

export interface Document {
  readonly Statement: readonly Statement[];
}

/** Statements of the policies of one role, or of all. */
export const statementsOf = (registrations: readonly Registration[], role?: string): readonly Statement[] =>
  registrations
    .filter(({ type, inputs }) => type === ROLE_POLICY && (role === undefined || inputs['role'] === role))
    .flatMap(({ inputs }) => {
      const document: Document = JSON.parse(String(inputs['policy']));
      return document.Statement;
    });

export const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';

/** Every action that a policy of any kind names. */
export const grantedBy = (registrations: readonly Registration[]): string[] =>
  registrations.flatMap(({ type, inputs }) => {
    if (type === 'aws:lambda/permission:Permission') return [String(inputs['action'])];
    if (type !== ROLE_POLICY && type !== 'aws:dynamodb/resourcePolicy:ResourcePolicy') return [];
    const document: Document = JSON.parse(String(inputs['policy']));
    return document.Statement.flatMap(({ Action }) => listed(Action));
  });
