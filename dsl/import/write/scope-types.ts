import type { ActionScope, EntityScope, Policy } from '../../../cedar/ast.ts';
import { canonicalJson } from '../../../cedar/canonical-json.ts';
import { type World, type WorldAction, writtenAction, writtenType } from '../schema/world.ts';
import type { VariableTypes } from './clauses.ts';
import { recordType } from './typing.ts';

/** What the variables of a policy's conditions can be: as its builder knows, by the actions and types in its scope. */
export function scopeTypes({ principal, action, resource }: Policy, world: World): VariableTypes {
  const actions = actionsOf(action, world).filter(({ principals }) => principals.length > 0);
  const names = (scope: EntityScope, all: readonly string[]): { kind: 'entity'; names: string[] } => {
    const type = typeOf(scope);
    return { kind: 'entity', names: type === undefined ? [...new Set(all)] : [writtenType(world, type)] };
  };
  const contexts = new Map(actions.map(({ context }) => [canonicalJson(context), context]));
  return {
    principal: names(principal, actions.flatMap(({ principals }) => principals)), // prettier-ignore
    resource: names(resource, actions.flatMap(({ resources }) => resources)), // prettier-ignore
    context: recordType([...contexts.values()]),
  };
}

function typeOf(scope: EntityScope): string | undefined {
  if (scope.kind === 'is' || scope.kind === 'is in') return scope.type;
  return scope.kind === '==' && 'type' in scope.entity ? scope.entity.type : undefined;
}

/** The actions themselves, and those in the groups that are named. */
function actionsOf(scope: ActionScope, world: World): readonly WorldAction[] {
  if (scope.kind === 'any') return [...world.actions.values()];
  const named = (scope.kind === '==' ? [scope.action] : scope.actions).map((uid) =>
    writtenAction(world, uid),
  );
  const members = scope.kind === '==' ? [] : named.flatMap((name) => world.actions.get(name)?.members ?? []);
  return [...new Set([...named, ...members])].flatMap((name) => {
    const action = world.actions.get(name);
    return action ? [action] : [];
  });
}
