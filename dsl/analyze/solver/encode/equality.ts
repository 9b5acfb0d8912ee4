import type { Encoding } from './encoding.ts';
import { asRecord, asSet, equalScalars, type Field, type Value } from './symbolic.ts';
import { and, equal, FALSE, implies, type Term } from '../language/term.ts';

/** Cedar's `==` of two values. */
export function equalValues(a: Value, b: Value, encoding: Encoding): Term {
  if (a.kind === 'set') return encoding.sets.equal(a, asSet(b));
  if (a.kind === 'record') {
    const other = asRecord(b).fields;
    const names = [...new Set([...a.fields.keys(), ...other.keys()])];
    return and(...names.map((name) => equalFields(a.fields.get(name), other.get(name), encoding)));
  }
  return b.kind === 'scalar' ? equalScalars(a, b) : FALSE;
}

function equalFields(a: Field | undefined, b: Field | undefined, encoding: Encoding): Term {
  const present = equal(a?.present ?? FALSE, b?.present ?? FALSE);
  if (present === FALSE || !a || !b || a.present === FALSE) return present;
  return and(present, implies(a.present, equalValues(a.value(), b.value(), encoding)));
}
