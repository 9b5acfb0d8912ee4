import type { Expr } from '../../../cedar/ast.ts';
import type { AuthorizationRequest, CedarJson } from '../../../cedar/engine.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { parts } from '../../../cedar/walk.ts';
import { showEntity, showValue } from '../../testing/explain/show.ts';
import { type Path, pathTo } from '../paths.ts';

/** A value that a condition read. */
export interface Seen {
  /** `resource.owner.name` */
  readonly path: string;
  /** As a policy would write it; `absent` for an optional attribute that is not there. */
  readonly value: string;
}

/** The values that a condition reads of a request, each once, in the order of their places. */
export function seenBy(condition: Expr, request: AuthorizationRequest): Seen[] {
  const found = new Map<string, string>();
  const visit = (expr: Expr): void => {
    const read: Expr = expr.kind === 'has' ? { kind: 'attribute', of: expr.of, name: expr.name } : expr;
    const path = pathTo(read);
    if (!path) {
      parts(expr).forEach(visit);
    } else if (path.root !== 'context' || path.steps.length > 0) {
      const value = valueOf(path, request);
      found.set(textOf(path), value === undefined ? 'absent' : value);
    }
  };
  visit(condition);
  return [...found].map(([path, value]) => ({ path, value }));
}

const textOf = ({ root, steps }: Path): string =>
  [root, ...steps.map(({ name, tag }) => (tag ? `getTag(${JSON.stringify(name)})` : name))].join('.');

function valueOf({ root, steps }: Path, request: AuthorizationRequest): string | undefined {
  if (steps.length === 0 && root !== 'context') return showEntity(request[root]);
  let value: CedarJson =
    root === 'context' ? request.context : { __entity: { type: request[root].type, id: request[root].id } };
  for (const { name, tag } of steps) {
    const entity = entityAt(value, request);
    const record: unknown = entity ? (tag ? entity.tags : entity.attrs) : value;
    const inner = isRecord(record) && Object.hasOwn(record, name) ? record[name] : undefined;
    if (inner === undefined) return undefined;
    value = inner;
  }
  return showValue(value);
}

function entityAt(value: CedarJson | undefined, { entities }: AuthorizationRequest) {
  const uid = isRecord(value) ? value['__entity'] : undefined;
  if (!isRecord(uid)) return undefined;
  const { type, id } = uid;
  if (typeof type !== 'string' || typeof id !== 'string') return undefined;
  return entities.find((entity) => entityKey(entity.uid) === entityKey({ type, id }));
}

const isRecord = (value: unknown): value is Readonly<Record<string, CedarJson>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
