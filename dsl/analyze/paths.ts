import type { Expr, Variable } from '../../cedar/ast.ts';

/** A place in a request, from one of its variables: `resource.owner.name`, or a tag of it. */
export interface Path {
  readonly root: Variable;
  readonly steps: readonly { readonly name: string; readonly tag: boolean }[];
}

/** The tag that `hasTag` or `getTag` is about. */
export const tagOf = ({ of, with: [name] }: Extract<Expr, { kind: 'call' }>): Path | undefined => {
  const path = pathTo(of);
  return path && name?.kind === 'literal' && typeof name.value === 'string'
    ? { ...path, steps: [...path.steps, { name: name.value, tag: true }] }
    : undefined;
};

/** The place that an expression reads, where it reads one and nothing else. */
export function pathTo(expr: Expr): Path | undefined {
  if (expr.kind === 'variable') return { root: expr.name, steps: [] };
  if (expr.kind === 'attribute') {
    const of = pathTo(expr.of);
    return of && { ...of, steps: [...of.steps, { name: expr.name, tag: false }] };
  }
  return expr.kind === 'call' && expr.method === 'getTag' ? tagOf(expr) : undefined;
}
