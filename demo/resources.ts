import type { Database, Resource, ResourceLoader } from '../authz/backend/index.ts';
import { findRow, type Row, type Table } from './rows.ts';
import { tables } from './tables.ts';

type Ancestors = (row: Row, database: Database) => Promise<NonNullable<Resource['ancestors']>>;

const none: Ancestors = async () => [];

const ofCustomer: Ancestors = async ({ customerId }) => [{ type: 'Customer', id: String(customerId) }];

const ofAccount: Ancestors = async ({ accountId }, database) => {
  const account = await findRow(database, tables.account, String(accountId));
  return [
    { type: 'Account', id: String(accountId) },
    ...(account ? await ofCustomer(account, database) : []),
  ];
};

const loader =
  (table: Table, ancestors: Ancestors): ResourceLoader =>
  async (database, id) => {
    const row = await findRow(database, table, id);
    return (
      row && { tenant: String(row['tenant_id']), attributes: row, ancestors: await ancestors(row, database) }
    );
  };

/** How each entity type of the API is found. */
export const resources: Readonly<Record<string, ResourceLoader>> = {
  Customer: loader(tables.customer, none),
  CustomerUser: loader(tables.customerUser, ofCustomer),
  Payee: loader(tables.payee, ofCustomer),
  Account: loader(tables.account, ofCustomer),
  Quote: loader(tables.quote, ofCustomer),
  Transfer: loader(tables.transfer, ofAccount),
  Statement: loader(tables.statement, ofAccount),
  Report: loader(tables.report, none),
  AuditEvent: loader(tables.auditEvent, none),
};
