import { randomBytes } from 'node:crypto';
import { RequestProblem, type Database } from '../authz/backend/index.ts';

/** A table of the demo: its name and, by the API's property names, its columns. */
export interface Table {
  readonly name: string;
  readonly idPrefix: string;
  /** How the API document says that lists of it are ordered, in SQL. */
  readonly order: string;
  readonly columns: Readonly<Record<string, string>>;
}

export type Row = Readonly<Record<string, unknown>>;
export type Condition = readonly [property: string, operator: '=' | '>=' | '<=', value: unknown];

const selected = ({ columns }: Table): string =>
  Object.entries(columns)
    .map(([property, column]) => `${column} as "${property}"`)
    .join(', ');

/** Of the current tenant only: row level security adds the condition that is missing here. */
export async function findRow(database: Database, table: Table, id: string): Promise<Row | undefined> {
  const { rows } = await database.query(
    `select ${selected(table)}, tenant_id from ${table.name} where id = $1`,
    [id],
  );
  return asJson(rows[0]);
}

const MOST_ROWS = 200;

export async function listRows(
  database: Database,
  table: Table,
  conditions: readonly Condition[],
  limit = MOST_ROWS,
): Promise<readonly Row[]> {
  const where = conditions.map(([property, operator], at) => {
    return `${table.columns[property]} ${operator} $${at + 2}`;
  });
  const { rows } = await database.query(
    `select ${selected(table)} from ${table.name} where ${['true', ...where].join(' and ')}
     order by ${table.order}, id limit $1`,
    [limit, ...conditions.map(([, , value]) => value)],
  );
  return rows.map((row: Row) => asJson(row)!);
}

/** @throws RequestProblem 400 unless it is a number that the API document allows */
export function limitOf(query: Readonly<Record<string, readonly string[]>>): number {
  const text = query['limit']?.[0] ?? '50';
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST_ROWS) throw new RequestProblem(400, `limit is not within 1 and ${MOST_ROWS}`);
  return limit;
}

export async function insertRow(database: Database, table: Table, values: Row): Promise<Row> {
  const given = Object.entries({ id: `${table.idPrefix}-${randomBytes(8).toString('hex')}`, ...values });
  const columns = given.map(([property]) => table.columns[property]);
  const places = given.map((_, at) => `$${at + 1}`);
  const { rows } = await database
    .query(
      `insert into ${table.name} (${columns.join(', ')}) values (${places.join(', ')}) returning ${selected(table)}`,
      given.map(([, value]) => value),
    )
    .catch(dangling(400, 'it refers to something that does not exist'));
  return asJson(rows[0])!;
}

/** Changes nothing where nothing is given. */
export async function updateRow(database: Database, table: Table, id: string, values: Row): Promise<Row> {
  const given = Object.entries(values);
  const changes = ['id = id', ...given.map(([property], at) => `${table.columns[property]} = $${at + 2}`)];
  const { rows } = await database.query(
    `update ${table.name} set ${changes.join(', ')} where id = $1 returning ${selected(table)}`,
    [id, ...given.map(([, value]) => value)],
  );
  return asJson(rows[0])!;
}

export async function deleteRow(database: Database, table: Table, id: string): Promise<void> {
  await database
    .query(`delete from ${table.name} where id = $1`, [id])
    .catch(dangling(409, 'other data still refer to it'));
}

const FOREIGN_KEY_VIOLATION = '23503';

const dangling =
  (status: number, message: string) =>
  (error: { readonly code?: string }): never => {
    throw error.code === FOREIGN_KEY_VIOLATION ? new RequestProblem(status, message) : error;
  };

/** Without the properties that are not set, and times as the API writes them. */
function asJson(row: Row | undefined): Row | undefined {
  if (!row) return undefined;
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
}
