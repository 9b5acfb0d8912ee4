import type { Description } from './description.ts';

/** What is wrong with a value itself; its parts are looked at apart. */
export function* wrongs(value: unknown, at: Description, caseless: boolean): Generator<string> {
  if (!isOfType(value, at)) {
    yield `is no ${at.type}`;
    return;
  }
  const size = sizeOf(value);
  if (size !== undefined && at.min !== undefined && size < at.min) yield `has ${size}, at least ${at.min}`;
  if (size !== undefined && at.max !== undefined && size > at.max) yield `has ${size}, at most ${at.max}`;
  if (at.type === 'map' && at.keys) {
    for (const key of Object.keys(Object(value)))
      for (const wrong of wrongs(key, at.keys, caseless)) yield `has a key that ${wrong}`;
  }
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const text = String(value);
  if (at.pattern !== undefined && !matches(text, at.pattern)) yield `does not match ${at.pattern}`;
  const same = (word: string): boolean =>
    caseless ? word.toLowerCase() === text.toLowerCase() : word === text;
  if (at.enum && !at.enum.some(same)) yield `is none of ${at.enum.join(', ')}`;
}

function isOfType(value: unknown, { type }: Description): boolean {
  if (type === 'any') return true;
  if (type === 'text') return typeof value === 'string';
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'number') return typeof value === 'number';
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'list') return Array.isArray(value);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  // Services count characters, not UTF-16 units.
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

/**
 * The services' patterns are Java's. What they use is in JavaScript too, save escapes of characters that need none,
 * which only the older mode takes.
 */
function matches(text: string, pattern: string): boolean {
  const whole = `^(?:${pattern})$`;
  try {
    return new RegExp(whole, 'u').test(text);
  } catch {
    return new RegExp(whole).test(text);
  }
}
