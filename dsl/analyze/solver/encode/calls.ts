import type { Method } from '../../../../cedar/ast.ts';
import { bool, type Encoding, type Outcome } from './encoding.ts';
import { extensionCall } from './extension-calls.ts';
import { asEntity, asScalar, asSet, termOf, type Value } from './symbolic.ts';
import { and, not, or, type Term } from '../language/term.ts';
import { Unsupported } from '../unsupported.ts';

/** `receiver.method(argument)`, of values. */
export function calledOn(
  method: Method,
  of: Value,
  argument: Value | undefined,
  { sets, sorts, values }: Encoding,
): Outcome {
  const given = (): Value => {
    if (!argument) throw new Unsupported(`${method}() without its argument`);
    return argument;
  };
  switch (method) {
    case 'contains': {
      const set = asSet(of);
      return bool(set.has(sets.element(set.of, termOf(given(), set.of, sorts, sets.arrayOf))));
    }
    case 'containsAll':
      return bool(sets.containsAll(asSet(of), asSet(given())));
    case 'containsAny':
      return bool(sets.containsAny(asSet(of), asSet(given())));
    case 'isEmpty':
      return bool(sets.isEmpty(asSet(of)));
    case 'hasTag':
      return bool(values.hasTag(asEntity(of), asScalar(given(), 'String')));
    case 'getTag': {
      const [entity, key] = [asEntity(of), asScalar(given(), 'String')];
      const value = values.tag(entity, key);
      if (!value) throw new Unsupported('a tag of a type that has none');
      return { value, errs: not(values.hasTag(entity, key)) };
    }
    default:
      return extensionCall(method, of, argument, sorts);
  }
}

/** Cedar's `in`, of an entity or of a set of entities. */
export function isInside(lower: Value, upper: Value, { hierarchy, sets }: Encoding): Term {
  const low = asEntity(lower);
  if (upper.kind !== 'set') return hierarchy.isIn(low, asEntity(upper));
  const { of, has, listed } = upper;
  if (of.kind !== 'Entity') throw new Unsupported('in of a set that is not of entities');
  const isBelow = (term: Term): Term => hierarchy.isIn(low, { type: of.name, term });
  return listed ? or(...listed.map(isBelow)) : sets.exists(of, (term) => and(has(term), isBelow(term)));
}
