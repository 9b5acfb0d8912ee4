/** Where the code that runs was written, both counted from 1. Undefined for what this loader did not compile. */
export function placeOf(
  url: string,
  line: number,
  column: number,
): { readonly line: number; readonly column: number } | undefined;
