import type { ActionScope, EntityLiteral, EntityScope, Policy, Slot } from '../cedar/ast.ts';

/**
 * What a policy says, in one sentence: `permits members of OPS to PUT /order/{id} and GET /order on any Order, under a
 * condition`. Who it is about and what it lets happen; what its conditions are stays in the Cedar below it.
 */
export function sentenceOf({ effect, principal, action, resource, clauses }: Policy): string {
  const verb = effect === 'permit' ? 'permits' : 'forbids';
  const conditions =
    clauses.length === 0 ? '' : clauses.length === 1 ? ', under a condition' : ', under conditions';
  return `${verb} ${who(principal)} to ${what(action)} on ${which(resource)}${conditions}`;
}

function who(scope: EntityScope): string {
  if (scope.kind === 'any') return 'everybody';
  const every = 'type' in scope ? `every ${typeName(scope.type)}` : '';
  if (!('entity' in scope)) return every;
  if (scope.kind === '==') return named(scope.entity);
  return every === '' ? `members of ${named(scope.entity)}` : `${every} in ${named(scope.entity)}`;
}

function what(scope: ActionScope): string {
  if (scope.kind === 'any') return 'do anything';
  const names = scope.kind === '==' ? [scope.action.id] : scope.actions.map(({ id }) => id);
  return `do ${listed(names)}`;
}

function which(scope: EntityScope): string {
  if (scope.kind === 'any') return 'anything';
  const any = 'type' in scope ? `any ${typeName(scope.type)}` : 'anything';
  if (!('entity' in scope)) return any;
  return scope.kind === '==' ? `the ${described(scope.entity)}` : `${any} in the ${described(scope.entity)}`;
}

const named = (entity: EntityLiteral | Slot): string => ('slot' in entity ? 'whoever is linked' : entity.id);
const described = (entity: EntityLiteral | Slot): string =>
  'slot' in entity ? 'linked one' : `${typeName(entity.type)} ${entity.id}`;
/** `Shop::Order` -> `Order` */
const typeName = (type: string): string => type.split('::').at(-1)!;

const listed = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? 'nothing');
