import type { EntityUid, Expr } from '../../../cedar/ast.ts';
import { parsePolicy } from '../../../cedar/engine.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { quote } from '../../../cedar/quote.ts';

/** `User::"alice"` */
export const entityText = ({ type, id }: EntityUid): string => `${type}::${quote(id)}`;

/** The entity that `User::"alice"` names; undefined for any other text. The engine reads it, escapes and all. */
export function entityOf(text: string): EntityUid | undefined {
  const parsed = parsePolicy(`permit(principal, action, resource) when {\n${text}\n};`);
  if (!parsed.ok) return undefined;
  const { clauses } = policyFromJson(parsed.json, 'entity');
  const body: Expr | undefined = clauses.length === 1 ? clauses[0]?.body : undefined;
  return body?.kind === 'entity' ? body.entity : undefined;
}
