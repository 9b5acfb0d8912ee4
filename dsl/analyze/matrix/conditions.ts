import type { Clause, EntityScope, Policy } from '../../../cedar/ast.ts';
import { printExpr } from '../../../cedar/print.ts';
import { printable } from '../../check/printable.ts';

const LONGEST = 240;

/** On what a policy's answer depends, in one line; nothing for one that only its scope decides. */
export function conditionOf(policy: Policy): string {
  const scopes = [scopeText('principal', policy.principal), scopeText('resource', policy.resource)];
  const texts = [...scopes.filter((text) => text !== ''), ...policy.clauses.map(clauseText)];
  const line = texts.join(', ').replaceAll(/\s+/g, ' ');
  return printable(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
}

const clauseText = ({ kind, body }: Clause): string => `${kind} ${printExpr(body, { prefix: '' })}`;

/** Of the principal, only who it is: what it is in stands in the row. */
function scopeText(side: 'principal' | 'resource', scope: EntityScope): string {
  if (!('entity' in scope) || 'slot' in scope.entity) return '';
  if (side === 'principal' && scope.kind !== '==') return '';
  const { entity } = scope;
  const operator = scope.kind === '==' ? '==' : 'in';
  return `${side} ${operator} ${printExpr({ kind: 'entity', entity }, { prefix: '' })}`;
}
