import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compile, COMPILED, isTypeScript } from './compile.js';

/** @type {Map<string, SourceMap>} */
const maps = new Map();

/**
 * A stack as V8 writes it, with the places of TypeScript files as they are in those. The way back to them is looked for
 * when a stack is read: with a source map in each module, which Node reads whether it is needed or not, a command takes
 * a tenth more of the processor's time.
 * @param {Error} error
 * @param {readonly NodeJS.CallSite[]} frames
 */
export const stackOf = (error, frames) =>
  [headingOf(error), ...frames.map((frame) => `    at ${written(frame)}`)].join('\n');

/** Where the code that runs was written, both counted from 1, of a file that this loader compiled. */
export function placeOf(/** @type {string} */ url, /** @type {number} */ line, /** @type {number} */ column) {
  if (!isTypeScript(url)) return undefined;
  const map = maps.get(url) ?? new SourceMap(compile(url, true).map);
  maps.set(url, map);
  const { originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
  return originalLine === undefined ? undefined : { line: originalLine + 1, column: originalColumn + 1 };
}

/** @param {Error} error */
function headingOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

/** @param {NodeJS.CallSite} frame */
function written(frame) {
  // oxlint-disable-next-line typescript/no-base-to-string -- V8 writes it as a line of a stack, which Node's types leave out
  const text = frame.toString();
  const name = frame.getScriptNameOrSourceURL() ?? '';
  if (!name.startsWith(COMPILED)) return text;
  const url = name.slice(COMPILED.length);
  const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
  try {
    const place = placeOf(url, line, column);
    const origin = place && `${fileURLToPath(url)}:${place.line}:${place.column}`;
    if (origin) return text.replace(`${name}:${line}:${column}`, () => origin);
  } catch {
    // The file has gone or changed meanwhile: a place of what was compiled is better than no stack.
  }
  return text.replace(COMPILED, '');
}
