import type { AllowedCall, Answer, Handler } from '../authz/backend/index.ts';
import { type Condition, deleteRow, findRow, limitOf, listRows, type Row, type Table } from './rows.ts';

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });

/** The resource that the decision was made on, as the API shows it. */
export const show =
  (table: Table): Handler =>
  async ({ database, id }) =>
    ok(withoutTenant(await findRow(database, table, id)));

export const list =
  (table: Table, where: (call: AllowedCall) => readonly Condition[] = () => []): Handler =>
  async (call) =>
    ok({ items: await listRows(call.database, table, where(call), limitOf(call.query)) });

export const remove =
  (table: Table): Handler =>
  async ({ database, id }) => {
    await deleteRow(database, table, id);
    return { status: 204, body: undefined };
  };

function withoutTenant(row: Row | undefined): Row | undefined {
  if (!row) return undefined;
  const { tenant_id: _, ...shown } = row;
  return shown;
}
