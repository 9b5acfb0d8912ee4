import { RequestProblem, type AllowedCall } from '../authz/backend/index.ts';
import { checks } from './body.ts';
import { insertRow } from './rows.ts';
import { tables } from './tables.ts';

/** A subject's id without its tenant, which every row has already. */
export const subjectOf = ({ principalId }: AllowedCall): string =>
  principalId.slice(principalId.indexOf('|') + 1);

/**
 * Writes down, in the transaction of the change itself, what was done and the reason that the caller gave.
 * @throws RequestProblem 400 when the reason is not one
 */
export async function noteInAuditLog(call: AllowedCall, category: string, done: string): Promise<void> {
  const { reason } = call.context;
  if (typeof reason !== 'string' || !checks.reason.accepts(reason))
    throw new RequestProblem(400, `'X-Reason' is not ${checks.reason.what}`);
  await insertRow(call.database, tables.auditEvent, {
    category,
    severity: 3,
    actor: subjectOf(call),
    summary: `${done}: ${reason}`,
  });
}
