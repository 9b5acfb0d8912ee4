import type { Handler } from '../../authz/backend/index.ts';
import { list, ok, show } from '../answers.ts';
import { checks, readBody } from '../body.ts';
import { listRows } from '../rows.ts';
import { tables } from '../tables.ts';

const { auditEvent } = tables;

export const audit: Readonly<Record<string, Handler>> = {
  listAuditEvents: list(auditEvent),
  getAuditEvent: show(auditEvent),
  exportAuditEvents: async ({ database, query, body }) => {
    const { from, to } = readBody(body, { from: checks.dateTime, to: checks.dateTime });
    const events = await listRows(database, auditEvent, query);
    const within = (time: unknown): boolean =>
      Date.parse(String(from)) <= Date.parse(String(time)) &&
      Date.parse(String(time)) <= Date.parse(String(to));
    return ok({ items: events.filter(({ occurredAt }) => within(occurredAt)) });
  },
};
