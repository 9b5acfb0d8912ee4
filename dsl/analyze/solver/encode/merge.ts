import { asRecord, asSet, type Field, scalar, type Value } from './symbolic.ts';
import type { Encoding } from './encoding.ts';
import { either, FALSE, type Term } from '../language/term.ts';
import { Unsupported } from '../unsupported.ts';

/** The value of one of two branches. */
export function merged(test: Term, yes: Value, no: Value, { sorts, script }: Encoding): Value {
  return merge(yes, no);

  function merge(a: Value, b: Value): Value {
    if (a.kind === 'set') {
      const other = asSet(b);
      return { kind: 'set', of: a.of, has: (element) => either(test, a.has(element), other.has(element)) };
    }
    if (a.kind === 'record') {
      const fields = asRecord(b).fields;
      const names = [...new Set([...a.fields.keys(), ...fields.keys()])];
      return {
        kind: 'record',
        fields: new Map(names.map((name) => [name, mergedField(a.fields.get(name), fields.get(name))])),
      };
    }
    if (b.kind !== 'scalar') throw new Unsupported('an expression whose type is not clear');
    return scalar(a.type, script.share(either(test, a.term, b.term), sorts.of(a.type)));
  }

  function mergedField(a: Field | undefined, b: Field | undefined): Field {
    return {
      present: either(test, a?.present ?? FALSE, b?.present ?? FALSE),
      value: () => (a && b ? merge(a.value(), b.value()) : (a ?? b)!.value()),
    };
  }
}
