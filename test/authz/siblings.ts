import type { Action, Model } from '../../cedar/model.ts';
import { model } from './fixture.ts';

const editing = model.actions['PUT /books/{id}']!;
const at = (path: string, parameter?: string): Action => ({
  ...editing,
  route: {
    ...editing.route!,
    path,
    key: path,
    resource: parameter === undefined ? ENDPOINT : { type: 'Book', id: { from: 'path', parameter } },
  },
});
const ENDPOINT = { type: 'Endpoint', id: { from: 'endpoint' } } as const;

/** The library, where one template hides another for some paths, and where a path has a parameter that is no resource. */
export const siblings: Model = {
  ...model,
  actions: {
    ...model.actions,
    'PUT /books/latest': at('/books/latest'),
    'PUT /shelves/{shelf}/books/{id}': at('/shelves/{shelf}/books/{id}', 'id'),
  },
};
