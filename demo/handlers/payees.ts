import type { Handler } from '../../authz/backend/index.ts';
import { created, list, ok, remove, show } from '../answers.ts';
import { checks, readBody } from '../body.ts';
import { insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { payee } = tables;
const { id: customerId, shortName: name, country, currency, iban } = checks;

export const payees: Readonly<Record<string, Handler>> = {
  listPayees: list(payee),
  getPayee: show(payee),
  createPayee: async ({ database, body }) =>
    created(await insertRow(database, payee, readBody(body, { customerId, name, country, currency, iban }))),
  putPayee: async ({ database, id, body }) => {
    const changes = readBody(body, {}, { name, country, currency, iban });
    // Another account number belongs to nobody until somebody has checked.
    const verified = 'iban' in changes || 'name' in changes ? { verified: false } : {};
    return ok(await updateRow(database, payee, id, { ...changes, ...verified }));
  },
  deletePayee: remove(payee),
};
