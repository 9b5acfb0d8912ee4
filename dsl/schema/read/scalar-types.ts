import type { ValueType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import { alternativesOf } from './schema-parts.ts';

/** Other formats (uuid, email, duration, …) only narrow what the text may be. Cedar's datetime takes days, too. */
const STRING_FORMATS = new Map<unknown, 'datetime' | 'decimal' | 'ipaddr'>([
  ['date-time', 'datetime'],
  ['date', 'datetime'],
  ['decimal', 'decimal'],
  ['ipv4', 'ipaddr'],
  ['ipv6', 'ipaddr'],
]);

/** The type of a text, from its format or the one kind of format that all alternatives have. */
export function stringType(parts: readonly Place[]): ValueType {
  const own = parts.map(kindOf).find((kind) => kind !== undefined);
  const options = alternativesOf(parts).flatMap(({ options }) =>
    options.map((option) => kindOf(option.target())),
  );
  const [common, ...others] = new Set(options);
  return { kind: own ?? (others.length === 0 ? common : undefined) ?? 'String' };
}

const kindOf = (schema: Place) => STRING_FORMATS.get(schema.get('format')?.value);

/** Numbers that Cedar has: those without a fraction, and those with up to four decimals. */
export function numberType(parts: readonly Place[]): ValueType | undefined {
  if (parts.some((part) => part.get('format')?.value === 'decimal')) return { kind: 'decimal' };
  const isWhole = parts.some((part) => Number.isInteger(part.get('multipleOf')?.value));
  return isWhole ? { kind: 'Long' } : undefined;
}
