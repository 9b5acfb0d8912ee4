import type { Handler } from '../../authz/backend/index.ts';
import { created, list, ok, show } from '../answers.ts';
import { noteInAuditLog } from '../audit-trail.ts';
import { checks, oneOf, readBody } from '../body.ts';
import { insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { account, statement } = tables;
const { id: customerId, currency } = checks;
const accountType = oneOf('PERSONAL', 'BUSINESS');

export const accounts: Readonly<Record<string, Handler>> = {
  listAccounts: list(account),
  getAccount: show(account),
  openAccount: async ({ database, body }) =>
    created(await insertRow(database, account, readBody(body, { customerId, accountType, currency }))),
  freezeAccount: async (call) => {
    const { database, id } = call;
    await noteInAuditLog(call, 'SETTINGS', `Account ${id} was frozen`);
    return ok(await updateRow(database, account, id, { status: 'FROZEN' }));
  },
  listStatements: list(statement, ({ id }) => [['accountId', '=', id]]),
  getStatement: show(statement),
};
