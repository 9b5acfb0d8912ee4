import type { Handler } from '../../authz/backend/index.ts';
import { created, list, ok, show } from '../answers.ts';
import { noteInAuditLog } from '../audit-trail.ts';
import { checks, readBody } from '../body.ts';
import { insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { customer } = tables;
const { name, country } = checks;

export const customers: Readonly<Record<string, Handler>> = {
  listCustomers: list(customer),
  getCustomer: show(customer),
  createCustomer: async ({ database, body }) =>
    created(await insertRow(database, customer, readBody(body, { name, country }))),
  updateCustomer: async ({ database, id, body }) =>
    ok(await updateRow(database, customer, id, readBody(body, {}, { name, country }))),
  suspendCustomer: async (call) => {
    const { database, id } = call;
    await noteInAuditLog(call, 'SETTINGS', `Customer ${id} was suspended`);
    return ok(await updateRow(database, customer, id, { status: 'SUSPENDED' }));
  },
};
