import type { EntityScope, Policy, Site } from '../../cedar/ast.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { stateOf } from './builder.ts';
import type { State, Target } from './state.ts';

/** The policy that a builder has come to, frozen. Throws `ProblemsError` with every mistake made in it. */
export function policyOf(builder: unknown): Policy {
  const state = stateOf(builder);
  return finished(state, state ? openSlots(state) : []);
}

/** The same of a template, whose slots may be open. Throws `ProblemsError`. */
export const templateOf = (builder: unknown): Policy => finished(stateOf(builder), []);

function finished(state: State | undefined, openSlots: readonly Problem[]): Policy {
  if (!state) {
    throw new ProblemsError([
      {
        code: 'NOT_A_POLICY',
        message: 'the list holds something that is no policy',
        remedy: 'list what permit(), forbid() and link() return',
      },
    ]);
  }
  const { id, at, effect, clauses, annotations } = state;
  const problems = [...state.problems, ...withoutId(state), ...openSlots];
  if (problems.length > 0 || id === undefined) throw new ProblemsError(problems);
  return freezeDeep({
    id,
    effect,
    principal: scopeOf(state.principal),
    action: state.action ?? { kind: 'any' },
    resource: scopeOf(state.resource),
    clauses,
    annotations,
    at,
  });
}

function withoutId({ id, at, problems }: State): Problem[] {
  if (id !== undefined || problems.some(({ code }) => code === 'BAD_ID')) return [];
  return [
    {
      site: at,
      code: 'NO_ID',
      message: 'the policy has no id',
      remedy: "end it with .id('a-name-that-stays')",
    },
  ];
}

function openSlots({ at, principal, resource, problems }: State): Problem[] {
  // A link that failed has told why its slots are open.
  if (problems.length > 0) return [];
  return [principal, resource].flatMap((target) => openSlot(target, at));
}

function openSlot({ relation }: Target, site: Site): Problem[] {
  if (!relation || !('slot' in relation.entity)) return [];
  return [
    {
      site,
      code: 'OPEN_SLOT',
      message: `the slot "${relation.entity.slot}" has no value`,
      remedy: 'list what link(template, id, values) returns, not the template',
    },
  ];
}

function scopeOf({ type: said, impliedType, relation }: Target): EntityScope {
  const type = said ?? impliedType;
  if (!relation) return type === undefined ? { kind: 'any' } : { kind: 'is', type };
  if (relation.kind === '==' || type === undefined) return relation;
  return { kind: 'is in', type, entity: relation.entity };
}

function freezeDeep<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value === 'object' && value !== null && !seen.has(value)) {
    seen.add(value);
    for (const part of Object.values(value)) freezeDeep(part, seen);
    Object.freeze(value);
  }
  return value;
}
