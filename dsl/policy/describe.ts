/** What a JavaScript value is, in the words of an error: a quoted text, `true`, `a JavaScript object`, `nothing`. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : 'a JavaScript object';
    case 'function':
      return 'a JavaScript function';
    default:
      return String(value);
  }
}
