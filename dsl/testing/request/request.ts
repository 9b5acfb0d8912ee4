import { actionEntity, actionType } from '../../../cedar/closure.ts';
import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import type { Action } from '../../../cedar/model.ts';
import { nearest, RequestMistake } from './mistake.ts';
import { principalOf } from './principal.ts';
import { resourceOf } from './resource.ts';
import { cedarRecord, type Declared } from './value.ts';
import { recordOf, referIn, type World } from './world.ts';

/** What a test asks, as it was written. */
export interface Given {
  readonly principal: unknown;
  readonly action: string;
  readonly resource?: unknown;
  readonly context?: unknown;
}

/**
 * The request that gateway or backend would make of it. The engine, which decides without a schema, gets no entity that
 * they do not send: no other principal, no ancestor's attributes.
 * @throws RequestMistake for a request that cannot be
 */
export function requestOf(
  world: World,
  { principal: who, action: name, resource, context }: Given,
): AuthorizationRequest {
  const { model, phase } = world;
  const action = Object.hasOwn(model.actions, name) ? model.actions[name] : undefined;
  if (!action)
    throw new RequestMistake(
      'TEST_ACTION',
      `the API has no action "${name}"`,
      nearest(name, Object.keys(model.actions)),
    );
  if (phase === 'gateway' && !action.route) {
    throw new RequestMistake(
      'TEST_ACTION',
      `${name} is no operation, so no gateway decides it`,
      'ask the whole policies',
    );
  }
  const [principal, ...groups] = principalOf(world, who, name);
  const target = resourceOf(world, resource, name, action);
  const uid = { type: actionType(model), id: name };
  return {
    principal: principal.uid,
    action: uid,
    resource: target.uid,
    context: contextOf(world, action, context),
    entities: [principal, ...groups, target, actionEntity(model, uid)],
  };
}

function contextOf(world: World, action: Action, given: unknown): AuthorizationRequest['context'] {
  const facts = Object.entries(action.context);
  const isKnown = (name: string): boolean =>
    world.phase === 'backend' || action.context[name]?.from.source !== 'backend';
  const declared: Declared = Object.fromEntries(facts.filter(([name]) => isKnown(name)));
  const values = Object.entries(recordOf(given, 'the context'));
  // What only the backend knows is left out here, so that both phases can be asked with the same test.
  const known = values.filter(([name]) => !Object.hasOwn(action.context, name) || isKnown(name));
  return cedarRecord(declared, Object.fromEntries(known), 'the context', referIn(world));
}
