import type { Operation } from '../operations.ts';
import type { Plan } from '../plan.ts';
import { TENANT, USERS } from './tenant.ts';

/** `examples.json`: requests that `npm start` shows. */
export function examplesJson({ operations: { reads, writes, refused } }: Plan): string {
  const example = (title: string, user: string, operation: Operation, expect: number): object[] => [
    {
      title,
      user: `${TENANT}/${user}`,
      method: operation.method,
      path: operation.path,
      ...(['POST', 'PUT', 'PATCH'].includes(operation.method) && { body: {} }),
      expect,
    },
  ];
  const [read] = reads;
  const [write] = writes;
  return JSON.stringify([
    ...(read ? example('readers read', USERS.reader, read, 200) : []),
    ...(read ? example('no policy lets somebody without a group', USERS.visitor, read, 403) : []),
    ...(write ? example('editors write', USERS.editor, write, 200) : []),
    ...(write ? example('readers do not', USERS.reader, write, 403) : []),
    ...(refused ? example('a forbid holds against every permit', USERS.editor, refused, 403) : []),
  ]);
}
