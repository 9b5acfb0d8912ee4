import type { Handler } from '../../authz/backend/index.ts';
import { list, ok, show } from '../answers.ts';
import { noteInAuditLog } from '../audit-trail.ts';
import { checks, readBody } from '../body.ts';
import { listRows } from '../rows.ts';
import { tables } from '../tables.ts';

const { auditEvent } = tables;

export const audit: Readonly<Record<string, Handler>> = {
  listAuditEvents: list(auditEvent),
  getAuditEvent: show(auditEvent),
  exportAuditEvents: async (call) => {
    const { from, to } = readBody(call.body, { from: checks.dateTime, to: checks.dateTime });
    const items = await listRows(call.database, auditEvent, [
      ['occurredAt', '>=', from],
      ['occurredAt', '<=', to],
    ]);
    await noteInAuditLog(call, 'DATA_ACCESS', 'The audit log was handed out');
    return ok({ items });
  },
};
