import type { Policy } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { callSite } from './call-site.ts';
import { annotateStep, clauseStep, idStep } from './clauses.ts';
import {
  actionGroupStep,
  actionInStep,
  actionStep,
  actionsStep,
  entityStep,
  groupStep,
  slotStep,
  typeStep,
} from './scopes.ts';
import { collecting, startOf, type State, type Step } from './state.ts';
import type { Builder } from './types/builder.ts';
import type { SchemaShape } from './types/schema.ts';
import type { Names } from './vocabulary.ts';

/** Every method that the types offer: one that is missing here does not compile. */
type Method = Exclude<keyof Builder<SchemaShape, string, string, string, never, never>, symbol>;

const steps: Readonly<Record<Method, Step>> = {
  principal: entityStep('principal', '=='),
  principalIs: typeStep('principal'),
  principalInGroup: groupStep,
  principalIn: entityStep('principal', 'in'),
  principalSlot: slotStep('principal', '=='),
  principalInSlot: slotStep('principal', 'in'),
  action: actionStep,
  actions: actionsStep,
  actionInGroup: actionGroupStep,
  actionIn: actionInStep,
  resource: entityStep('resource', '=='),
  resourceIs: typeStep('resource'),
  resourceIn: entityStep('resource', 'in'),
  resourceSlot: slotStep('resource', '=='),
  resourceInSlot: slotStep('resource', 'in'),
  when: clauseStep('when'),
  unless: clauseStep('unless'),
  annotate: annotateStep,
  id: idStep,
};

const states = new WeakMap<object, State>();
const methods = Object.freeze(
  Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, methodOf(step)])),
);

/** The object that policies are written with. Immutable: every call returns a new one. */
export function builderOf(state: State): object {
  const builder: object = Object.freeze(Object.create(methods));
  states.set(builder, state);
  return builder;
}

/** What a builder holds; nothing if it is no builder. */
export function stateOf(builder: unknown): State | undefined {
  return typeof builder === 'object' && builder !== null ? states.get(builder) : undefined;
}

/** `permit` or `forbid`. */
export function opening(names: Names, effect: Policy['effect']): () => object {
  const open = (): object => builderOf(startOf(names, effect, callSite(open)));
  return open;
}

function methodOf(step: Step): unknown {
  return function method(this: object, ...args: unknown[]): object {
    const at = callSite(method);
    const state = stateOf(this);
    if (state) return builderOf(collecting(state, (before) => step(before, at, ...args)));
    throw new BuilderError({
      site: at,
      code: 'NOT_A_POLICY',
      message: 'this method was taken from its policy',
      remedy: 'call it on the policy: permit().action(…)',
    });
  };
}
