import type { Cursor } from './cursor.ts';

/** Items between brackets, with commas between them and, if one likes, behind the last. */
export function list<T>(cursor: Cursor, item: (cursor: Cursor) => T, open: string, close: string): T[] {
  const items: T[] = [];
  cursor.expect(open, `write ${open}`);
  while (!cursor.accept(close)) {
    items.push(item(cursor));
    if (!cursor.accept(',') && !cursor.at(close)) {
      throw cursor.unexpected(`write a comma, or close the list with ${close}`);
    }
  }
  return items;
}
