import type { EntityUid } from '../../../../cedar/ast.ts';
import type { CedarJson } from '../../../../cedar/engine.ts';
import { longJson } from '../../../../cedar/exact-long.ts';
import { extension } from '../../world/pool.ts';
import type { Names } from '../language/names.ts';
import { integerOf, type SExpression } from '../language/s-expression.ts';
import type { ScalarType } from '../encode/symbolic.ts';
import { textOf } from '../language/texts.ts';

/** The entity of a type that the solver's number stands for. */
export const uidOf = (type: string, written: SExpression, names: Names): EntityUid => ({
  type,
  id: names.nameOf(type, integerOf(written)),
});

/** A text, which the solver writes itself where there are patterns. */
export const stringOf = (written: SExpression, names: Names): string =>
  typeof written === 'string' && written.startsWith('"')
    ? textOf(written)
    : names.nameOf('', integerOf(written));

/** A value that is neither a set nor a record, in Cedar's JSON form. */
export function decode(type: ScalarType, written: SExpression, names: Names): CedarJson {
  switch (type.kind) {
    case 'Bool':
      return written === 'true';
    case 'Long':
      return longJson(integerOf(written));
    case 'String':
      return stringOf(written, names);
    case 'Entity': {
      const { id } = uidOf(type.name, written, names);
      return { __entity: { type: type.name, id } };
    }
    case 'ipaddr':
      return extension('ip', addressText(written));
    case 'decimal':
      return extension('decimal', decimalText(integerOf(written)));
    case 'datetime':
      return datetime(integerOf(written));
    default:
      return extension('duration', `${integerOf(written)}ms`);
  }
}

const FRACTION = 10_000n;

function decimalText(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / FRACTION}.${String(size % FRACTION).padStart(4, '0')}`;
}

/** Years that a literal can write. */
const FIRST = BigInt(Date.UTC(2000, 0, 1)) - 63_113_904_000_000n;
const LAST = BigInt(Date.UTC(9999, 11, 31));

/** Every 64-bit count of milliseconds is a datetime, but literals end with the year 9999. */
function datetime(value: bigint): CedarJson {
  if (value >= FIRST && value <= LAST) return extension('datetime', new Date(Number(value)).toISOString());
  const [start, offset] = [extension('datetime', '1970-01-01'), extension('duration', `${value}ms`)];
  return { __extn: { fn: 'offset', args: [start, offset] } };
}

function addressText(written: SExpression): string {
  if (typeof written !== 'string' || !written.startsWith('#x'))
    throw new Error('the solver wrote no address');
  const [version, bits, prefix] = [written.slice(2, 4), written.slice(4, 36), written.slice(36)];
  const length = Number.parseInt(prefix, 16);
  if (version === '04') {
    const bytes = [0, 2, 4, 6].map((at) => Number.parseInt(bits.slice(at, at + 2), 16));
    return `${bytes.join('.')}${length === 32 ? '' : `/${length}`}`;
  }
  const groups = Array.from({ length: 8 }, (_, at) => Number.parseInt(bits.slice(4 * at, 4 * at + 4), 16));
  return `${groups.map((group) => group.toString(16)).join(':')}${length === 128 ? '' : `/${length}`}`;
}
