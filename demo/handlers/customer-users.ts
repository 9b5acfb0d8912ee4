import type { Handler } from '../../authz/backend/index.ts';
import { created, list, ok, remove, show } from '../answers.ts';
import { checks, oneOf, readBody } from '../body.ts';
import { insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { customerUser } = tables;
const { name, email, texts: roles } = checks;
const status = oneOf('INVITED', 'ACTIVE', 'LOCKED');

export const customerUsers: Readonly<Record<string, Handler>> = {
  listCustomerUsers: list(customerUser, ({ id }) => [['customerId', '=', id]]),
  getCustomerUser: show(customerUser),
  createCustomerUser: async ({ database, id, body }) =>
    created(
      await insertRow(database, customerUser, {
        customerId: id,
        ...readBody(body, { name, email }, { roles }),
      }),
    ),
  putCustomerUser: async ({ database, id, body }) =>
    ok(await updateRow(database, customerUser, id, readBody(body, {}, { name, email, status, roles }))),
  deleteCustomerUser: remove(customerUser),
};
