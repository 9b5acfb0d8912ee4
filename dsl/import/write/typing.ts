import type { Expr } from '../../../cedar/ast.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { type Attributes, type World, writtenType } from '../schema/world.ts';

interface Field {
  readonly type: Type;
  readonly required: boolean;
}
type Fields = Readonly<Record<string, Field>>;

/** What the compiler knows of a value. Entities and records can be any of several. */
export type Type =
  | { readonly kind: 'entity'; readonly names: readonly string[] }
  | { readonly kind: 'record'; readonly alternatives: readonly Fields[] }
  | { readonly kind: 'set'; readonly of: Type }
  | { readonly kind: 'plain' | 'unknown' };

/**
 * How an attribute is reached: `partial` where only some of the alternatives are sure to have it, `mixed` where its types
 * differ.
 */
export type Reach = 'plain' | 'optional' | 'partial' | 'mixed' | 'unknown';

const PLAIN: Type = { kind: 'plain' };
const UNKNOWN: Type = { kind: 'unknown' };

const typeOfValue = (type: ValueType): Type => {
  switch (type.kind) {
    case 'Entity':
      return { kind: 'entity', names: [type.name] };
    case 'Set':
      return { kind: 'set', of: typeOfValue(type.of) };
    case 'Record':
      return recordType([type.attributes]);
    default:
      return PLAIN;
  }
};

const fieldsFrom = (attributes: Attributes): Fields =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, required }]) => [
      name,
      { type: typeOfValue(type), required },
    ]),
  );

/** A record that may have any of these shapes. */
export const recordType = (alternatives: readonly Attributes[]): Type => ({
  kind: 'record',
  alternatives: alternatives.map(fieldsFrom),
});

/** The types of the expressions of one policy, as far as its schema tells. */
export interface Typing {
  readonly of: (expr: Expr) => Type;
  readonly reach: (type: Type, name: string) => Reach;
  /** The type of an attribute where it is present. */
  readonly attribute: (type: Type, name: string) => Type;
  /** The type of the values of an entity's tags. */
  readonly tag: (type: Type) => Type;
  /** Whether some of the alternatives have tags and others have none. */
  readonly tagsDiffer: (type: Type) => boolean;
}

/** `known`: what is known of an expression otherwise, as the variables and the parameters of callbacks are. */
export function typingOf(world: World, known: (expr: Expr) => Type | undefined): Typing {
  const fieldsOf = (type: Type): readonly Fields[] | undefined => {
    if (world.typed !== 'yes') return undefined;
    if (type.kind === 'record') return type.alternatives;
    if (type.kind !== 'entity') return undefined;
    return type.names.map((name) => fieldsFrom(world.entityTypes.get(name)?.attributes ?? {}));
  };
  const having = (type: Type, name: string): Field[] =>
    (fieldsOf(type) ?? []).flatMap((fields) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return field ? [field] : [];
    });
  const tagTypes = (type: Type): (ValueType | undefined)[] =>
    type.kind === 'entity' ? type.names.map((name) => world.entityTypes.get(name)?.tags) : [];
  const attribute = (type: Type, name: string): Type => union(having(type, name).map((field) => field.type));
  const tag = (type: Type): Type =>
    union(tagTypes(type).flatMap((value) => (value ? [typeOfValue(value)] : [])));

  const of = (expr: Expr): Type => {
    const found = known(expr);
    if (found) return found;
    switch (expr.kind) {
      case 'entity':
        return { kind: 'entity', names: [writtenType(world, expr.entity.type)] };
      case 'attribute':
        return attribute(of(expr.of), expr.name);
      case 'if':
        return union([of(expr.yes), of(expr.no)]);
      case 'set':
        return { kind: 'set', of: union(expr.of.map(of)) };
      case 'record': {
        const fields = expr.entries.map(([name, value]): [string, Field] => [
          name,
          { type: of(value), required: true },
        ]);
        return { kind: 'record', alternatives: [Object.fromEntries(fields)] };
      }
      case 'call':
        return expr.method === 'getTag' ? tag(of(expr.of)) : PLAIN;
      case 'variable':
        return UNKNOWN;
      default:
        return PLAIN;
    }
  };
  return {
    of,
    attribute,
    tag,
    tagsDiffer: (type) => new Set(tagTypes(type).map((value) => JSON.stringify(value))).size > 1,
    reach(type, name) {
      const all = fieldsOf(type);
      if (!all) return 'unknown';
      const found = having(type, name);
      const required = found.filter((field) => field.required).length;
      if (found.length < all.length || found.length === 0) return 'partial';
      if (required > 0 && required < found.length) return 'partial';
      if (new Set(found.map((field) => JSON.stringify(field.type))).size > 1) return 'mixed';
      return required > 0 ? 'plain' : 'optional';
    },
  };
}

function union(types: readonly Type[]): Type {
  const [first, ...rest] = types;
  if (!first) return UNKNOWN;
  return rest.reduce<Type>((left, right) => {
    if (left.kind === 'entity' && right.kind === 'entity') {
      return { kind: 'entity', names: [...new Set([...left.names, ...right.names])] };
    }
    if (left.kind === 'record' && right.kind === 'record') {
      return { kind: 'record', alternatives: [...left.alternatives, ...right.alternatives] };
    }
    if (left.kind === 'set' && right.kind === 'set') return { kind: 'set', of: union([left.of, right.of]) };
    return left.kind === right.kind ? left : UNKNOWN;
  }, first);
}
