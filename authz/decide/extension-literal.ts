import { isIPv4, isIPv6 } from 'node:net';
import type { ValueType } from '../../cedar/model.ts';
import type { CedarJson } from './decider.ts';

type ExtensionKind = Extract<ValueType['kind'], 'ipaddr' | 'decimal' | 'datetime' | 'duration'>;

/**
 * An extension value in Cedar's JSON form; undefined for a text that Cedar would not take (Cedar Policy Language
 * Reference, "Extension data types"). Checked here, because there one bad value fails the whole question, which would
 * look like an outage.
 */
export function extensionValue(kind: ExtensionKind, text: string): CedarJson | undefined {
  const { fn, accepts } = EXTENSIONS[kind];
  return accepts(text) ? { __extn: { fn, arg: text } } : undefined;
}

const MAX_DECIMAL = 2n ** 63n - 1n;

const EXTENSIONS: Readonly<Record<ExtensionKind, { fn: string; accepts: (text: string) => boolean }>> = {
  ipaddr: { fn: 'ip', accepts: isAddress },
  decimal: { fn: 'decimal', accepts: isDecimal },
  datetime: { fn: 'datetime', accepts: isDatetime },
  duration: {
    fn: 'duration',
    accepts: (text) =>
      /^-?(?=\d)(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m)?(?:\d{1,9}s)?(?:\d{1,9}ms)?$/.test(text),
  },
};

/** Cedar takes neither zones (`%eth0`) nor IPv4 written inside IPv6. */
function isAddress(text: string): boolean {
  const [, address = '', prefix] = /^([0-9a-fA-F.:]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  if (isIPv4(address)) return Number(prefix ?? 0) <= 32;
  return isIPv6(address) && !address.includes('.') && Number(prefix ?? 0) <= 128;
}

/** A 64-bit count of ten-thousandths. */
function isDecimal(text: string): boolean {
  const [, sign, whole, fraction] = /^(-?)(\d{1,15})\.(\d{1,4})$/.exec(text) ?? [];
  if (whole === undefined || fraction === undefined) return false;
  return BigInt(whole + fraction.padEnd(4, '0')) <= MAX_DECIMAL + (sign ? 1n : 0n);
}

function isDatetime(text: string): boolean {
  const [, day] =
    /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-](?:[01]\d|2[0-3])[0-5]\d))?$/.exec(
      text,
    ) ?? [];
  if (day === undefined) return false;
  const date = new Date(`${day}T00:00:00Z`);
  // JavaScript turns 30 February into 1 March; Cedar refuses it.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
