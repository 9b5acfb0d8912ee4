import type { Handler } from '../../authz/backend/index.ts';
import { created, list, ok, show } from '../answers.ts';
import { checks, readBody } from '../body.ts';
import { insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { customer } = tables;

export const customers: Readonly<Record<string, Handler>> = {
  listCustomers: list(customer),
  getCustomer: show(customer),
  createCustomer: async ({ database, body }) =>
    created(
      await insertRow(database, customer, readBody(body, { name: checks.name, country: checks.country })),
    ),
  updateCustomer: async ({ database, id, body }) =>
    ok(
      await updateRow(
        database,
        customer,
        id,
        readBody(body, {}, { name: checks.name, country: checks.country }),
      ),
    ),
  suspendCustomer: async ({ database, id }) =>
    ok(await updateRow(database, customer, id, { status: 'SUSPENDED' })),
};
