import type { Database, Handler, Resource } from '../../../authz/backend/index.ts';

/** The service under test: what a team would write around the kit. */

interface Book {
  readonly tenant_id: string;
  readonly shelf: string;
  readonly status: string | null;
  readonly pages: string | null;
}

export const loadBook = async (
  database: Database,
  id: string,
  table: 'book' | 'every_book',
): Promise<Resource | undefined> => {
  const { rows } = await database.query<Book>(`select * from ${table} where id = $1`, [id]);
  const [row] = rows;
  return (
    row && {
      tenant: row.tenant_id,
      attributes: { status: row.status, pages: row.pages === null ? null : Number(row.pages) },
      ancestors: [{ type: 'Shelf', id: row.shelf }],
    }
  );
};

const property = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;

export const locateBook = (body: unknown): string | undefined => {
  const book = property(body, 'book');
  return typeof book === 'string' ? book : undefined;
};

export const handlers: Readonly<Record<string, Handler>> = {
  readBook: async ({ resource }) => ({ status: 200, body: resource?.attributes }),
  putBook: async ({ database, id, body }) => {
    await database.query('update book set pages = $2 where id = $1', [id, property(body, 'pages')]);
    return { status: 204, body: undefined };
  },
  removeBook: async () => ({ status: 204, body: undefined }),
  lendBook: async ({ database, id }) => {
    await database.query("update book set status = 'LENT' where id = $1", [id]);
    return { status: 201, body: { lent: id } };
  },
  returnBook: async ({ context }) => ({ status: 200, body: context }),
  listDrafts: async () => ({ status: 200, body: ['a secret plan'] }),
  listBooks: async ({ database }) => {
    const { rows } = await database.query<{ id: string }>('select id from book order by id');
    return { status: 200, body: rows.map(({ id }) => id) };
  },
  listRecent: async () => ({ status: 200, body: [] }),
  addBook: async ({ database, body }) => {
    await database.query('insert into book (id, shelf, status) values ($1, $2, $3)', [
      property(body, 'id'),
      'new',
      'FREE',
    ]);
    return { status: 201, body: undefined };
  },
  ask: async ({ body, permissions }) => {
    const questions = property(body, 'questions');
    return { status: 200, body: await permissions(Array.isArray(questions) ? questions : []) };
  },
  enterStacks: async ({ context }) => ({ status: 200, body: context }),
};
