import type { Action, Attribute, Model, ValueType } from '../../../cedar/model.ts';
import { model as library } from '../fixture.ts';

const text: ValueType = { kind: 'String' };
const required = (type: ValueType): Attribute => ({ type, required: true });
const ids = {
  path: { from: 'path', parameter: 'id' },
  body: { from: 'backend' },
  none: { from: 'endpoint' },
} as const;

/** An operation on a book, or, with no id, on itself. */
const operation = (
  name: string,
  key: string,
  id: keyof typeof ids,
  { context = {}, principals = ['Reader'] }: Partial<Pick<Action, 'context' | 'principals'>> = {},
): Record<string, Action> => {
  const [method = '', path = ''] = name.split(' ');
  const type = id === 'none' ? 'Endpoint' : 'Book';
  const route = { method, path, key, resource: { type, id: ids[id] }, sensitive: false };
  return { [name]: { groups: [], principals, resources: [type], context, route } };
};

/** The library of the other tests, with what matters to a backend: attributes, parents, facts of the gateway. */
export const model: Model = {
  ...library,
  entityTypes: {
    Group: { parents: [], attributes: {}, tenancy: 'tenant' },
    Shelf: { parents: [], attributes: { tenant: required(text) }, tenancy: 'tenant' },
    Book: {
      parents: ['Shelf'],
      attributes: {
        tenant: required(text),
        status: required(text),
        pages: { type: { kind: 'Long' }, required: false },
      },
      tenancy: 'tenant',
    },
    Endpoint: {
      parents: [],
      attributes: { method: required(text), path: required(text) },
      tenancy: 'shared',
    },
  },
  actions: {
    ...operation('GET /books/{id}', 'readBook', 'path'),
    ...operation('PUT /books/{id}', 'putBook', 'path', {
      context: { reason: { type: text, required: false, from: { source: 'header', name: 'X-Reason' } } },
    }),
    ...operation('DELETE /books/{id}', 'removeBook', 'path', { principals: ['Librarian'] }),
    ...operation('POST /loans', 'lendBook', 'body'),
    ...operation('POST /returns', 'returnBook', 'body', {
      context: {
        daysLate: { type: { kind: 'Long' }, required: true, from: { source: 'backend' } },
        damage: { type: text, required: false, from: { source: 'backend' } },
        reason: { type: text, required: false, from: { source: 'header', name: 'X-Reason' } },
      },
    }),
    ...operation('GET /books', 'listBooks', 'none'),
    ...operation('GET /books/recent', 'listRecent', 'none'),
    ...operation('POST /books', 'addBook', 'none'),
    ...operation('POST /questions', 'ask', 'none'),
    ...operation('POST /permissions', 'askPermissions', 'none'),
    ...operation('GET /pages/drafts', 'listDrafts', 'none'),
    ...operation('GET /stacks', 'enterStacks', 'none', {
      context: { address: { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } } },
    }),
    ShowLendButton: { groups: [], principals: ['Reader'], resources: ['Book'], context: {} },
  },
  actionGroups: {},
  publicRoutes: [{ method: 'GET', path: '/pages/{name}' }],
};
