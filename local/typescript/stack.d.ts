/** Where the code that runs was written, both counted from 1, of a file that this loader compiled. */
export function placeOf(
  url: string,
  line: number,
  column: number,
): { readonly line: number; readonly column: number } | undefined;
