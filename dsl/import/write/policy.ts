import type { ActionScope, EntityLiteral, EntityScope, Policy, Slot } from '../../../cedar/ast.ts';
import { clauseTexts } from './clauses.ts';
import { callee, type FileState } from './env.ts';
import { inexpressible } from './inexpressible.ts';
import { actionName, entityText, typeName } from './names.ts';
import { scopeTypes } from './scope-types.ts';
import { quoted } from './text.ts';

/** A policy or template as a call of the builders, from `permit()` to `.id(…)`. Throws `PolicyError`. */
export function policyText(policy: Policy, id: string, file: FileState): string {
  const scope = [
    ...below(policy.principal, entityCalls('principal', policy, file), file),
    ...below(policy.action, actionCalls(policy, file), file),
    ...below(policy.resource, entityCalls('resource', policy, file), file),
  ];
  const clauses = clauseTexts(policy.clauses, scopeTypes(policy, file.world), file);
  const annotations = Object.entries(policy.annotations).flatMap(([name, text]) =>
    name === 'id' ? [] : [`.annotate(${quoted(name)}${text === '' ? '' : `, ${quoted(text)}`})`],
  );
  const calls = [...scope, ...clauses, ...annotations, `.id(${quoted(id)})`].join('');
  return `${file.comments.beside(policy)}${callee(policy.effect, file)}()${calls}`;
}

/** Calls below the comments about what they say. Where nothing is said, the comments stay with the policy. */
function below(part: object, calls: readonly string[], { comments }: FileState): readonly string[] {
  const said = calls.length > 0 ? comments.beside(part) : '';
  return said === '' ? calls : [`\n${said}`, ...calls];
}

function entityCalls(side: Slot['slot'], policy: Policy, file: FileState): string[] {
  const scope: EntityScope = policy[side];
  const related = (kind: '==' | 'in', entity: EntityLiteral | Slot): string =>
    'slot' in entity
      ? `.${side}${kind === 'in' ? 'InSlot' : 'Slot'}()`
      : `.${side}${kind === 'in' ? 'In' : ''}(${entityText(entity, policy, file)})`;
  switch (scope.kind) {
    case 'any':
      return [];
    case '==':
    case 'in':
      return [related(scope.kind, scope.entity)];
    case 'is':
      return [`.${side}Is(${quoted(typeName(scope.type, policy, file))})`];
    default:
      return [`.${side}Is(${quoted(typeName(scope.type, policy, file))})`, related('in', scope.entity)];
  }
}

function actionCalls(policy: Policy, file: FileState): string[] {
  const scope: ActionScope = policy.action;
  if (scope.kind === 'any') return [];
  if (scope.kind === '==') return [`.action(${quoted(actionName(scope.action, policy, file))})`];
  const names = scope.actions.map((uid) => actionName(uid, policy, file));
  const [first, ...others] = names;
  if (first === undefined) {
    throw inexpressible(
      policy,
      'a list of no actions',
      'name one, or leave the policy out: it never applies',
    );
  }
  const isGroup = (name: string): boolean => (file.world.actions.get(name)?.members.length ?? 0) > 0;
  if (isGroup(first) && others.length === 0) return [`.actionInGroup(${quoted(first)})`];
  return [`.${names.some(isGroup) ? 'actionIn' : 'actions'}([${names.map(quoted).join(', ')}])`];
}
