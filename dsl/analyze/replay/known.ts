import type { Expr } from '../../../cedar/ast.ts';
import { type Model, type ValueType } from '../../../cedar/model.ts';
import { recordedAttributes } from '../../../cedar/recorded-attributes.ts';
import { parts } from '../../../cedar/walk.ts';

/** The kind of request that a record tells of; types are unqualified. */
export interface RecordedKind {
  readonly model: Model;
  readonly action: string;
  readonly principal: string;
  readonly resource: string;
}

/** What an expression reads that no record of this kind has, as a policy would write it; nothing where it has it all. */
export function unrecorded(expr: Expr, kind: RecordedKind): string[] {
  switch (expr.kind) {
    case 'has':
      return readOf({ kind: 'attribute', of: expr.of, name: expr.name }, kind);
    case 'attribute':
      return readOf(expr, kind);
    case 'in':
      return [...ancestry(expr.left, kind), ...within(expr, kind)];
    case 'is':
      return [...(expr.in ? ancestry(expr.of, kind) : []), ...within(expr, kind)];
    case 'variable':
      return [];
    case 'call':
      if (expr.method === 'getTag' || expr.method === 'hasTag') return ['tags'];
      return within(expr, kind);
    default:
      return within(expr, kind);
  }
}

const within = (expr: Expr, kind: RecordedKind): string[] =>
  parts(expr).flatMap((part) => unrecorded(part, kind));

/** Of the principal its groups are recorded, of the action its groups are known; of others nothing is. */
const ancestry = (of: Expr, { model, resource }: RecordedKind): string[] => {
  if (of.kind !== 'variable') return ['ancestors of another entity'];
  if (of.name !== 'resource') return [];
  return (model.entityTypes[resource]?.parents ?? []).length > 0 ? ['ancestors of the resource'] : [];
};

function readOf(expr: Extract<Expr, { kind: 'attribute' }>, kind: RecordedKind): string[] {
  const names: string[] = [];
  let of: Expr = expr;
  while (of.kind === 'attribute') {
    names.unshift(of.name);
    of = of.of;
  }
  if (of.kind !== 'variable') return within(expr, kind);
  const [first = '', ...rest] = names;
  const path = [of.name, ...names].join('.');
  const type = typeOf(of.name, first, kind);
  if (!type) return [path];
  // What it leads to is another entity, of which nothing is recorded but its id.
  let inner: ValueType | undefined = type;
  for (const name of rest) {
    if (inner?.kind === 'Entity') return [path];
    inner = inner?.kind === 'Record' ? inner.attributes[name]?.type : undefined;
  }
  return [];
}

/** The type of an attribute that records have. One that the type never has is known to be absent. */
function typeOf(variable: string, name: string, kind: RecordedKind): ValueType | undefined {
  const { model, action, principal, resource } = kind;
  if (variable === 'context') return model.actions[action]?.context[name]?.type ?? ABSENT;
  const type = variable === 'principal' ? principal : resource;
  if (!recordedAttributes(model, type).has(name)) return undefined;
  const attributes =
    variable === 'principal' ? model.principalTypes[type]?.attributes : model.entityTypes[type]?.attributes;
  return attributes?.[name]?.type ?? ABSENT;
}

const ABSENT: ValueType = { kind: 'Bool' };
