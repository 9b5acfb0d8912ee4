import type { Action, Model, Route } from '../../cedar/model.ts';
import type { Refusal } from '../respond/reasons.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** The operation that a request is for. */
export interface Operation {
  /** The action's name: `PUT /orders/{id}`. */
  readonly name: string;
  readonly action: Action;
  readonly route: Route;
}

/** What the event of a gateway says, in the one form of all gateways. */
export type ReadEvent =
  | { readonly ok: true; readonly request: AuthorizationRequest; readonly operation: Operation }
  | Refusal;

/** @param name `PUT /orders/{id}`; a domain action is no operation */
export function operationOf(model: Model, name: string): Operation | undefined {
  const action = Object.hasOwn(model.actions, name) ? model.actions[name] : undefined;
  return action?.route && { name, action, route: action.route };
}
