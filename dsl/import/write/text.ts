// Invisible characters, and those that make text read otherwise than it means (bidirectional controls).
const HIDDEN = /(?! )[\p{C}\p{Z}]/gu;
/** What compilers, formatters and linters obey. */
const DIRECTIVE = /^(@|#|prettier-|eslint|oxlint|biome-|c8 ignore|v8 ignore|istanbul)/i;

const escaped = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

/** A string literal of TypeScript in which nothing is hidden. */
export const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll(HIDDEN, escaped)}'`;

/** A comment on a line of its own, in which nothing is hidden and nothing is a directive. */
export function commentLine(text: string): string {
  const shown = text.replace(/^\/+/, '').replaceAll('\t', ' ').replaceAll(HIDDEN, escaped).trim();
  return `${`// ${DIRECTIVE.test(shown) ? 'Cedar: ' : ''}${shown}`.trimEnd()}\n`;
}

/** An integer: as a number while every number of so many digits is exact, else as a bigint. */
export const integer = (value: bigint): string => (String(value).length < 16 ? String(value) : `${value}n`);

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
const WORDS = new Set([
  'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum',
  'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface',
  'let', 'new', 'null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw',
  'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield', 'arguments', 'eval', 'undefined',
]); // prettier-ignore

/** Whether a name may follow a dot. */
export const isMember = (name: string): boolean => IDENTIFIER.test(name);

/** A name for a parameter or a constant that is like `wanted`, but neither a word of TypeScript nor taken. */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  const words = wanted.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word, i) => (i === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
  const camel = joined.slice(0, 1).toLowerCase() + joined.slice(1);
  const base = /^[a-z]/.test(camel) ? camel : `value${camel}`;
  const isFree = (name: string): boolean => !WORDS.has(name) && !taken(name);
  if (isFree(base)) return base;
  let name = `${base}Value`;
  for (let n = 2; !isFree(name); n += 1) name = `${base}Value${n}`;
  return name;
}

/** An object literal's key. Written plainly, `__proto__` would set the prototype. */
export function key(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return isMember(name) ? name : quoted(name);
}
