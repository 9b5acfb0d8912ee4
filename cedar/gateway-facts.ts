import { actionAncestors } from './closure.ts';
import { type Action, type Attribute, ENDPOINT_TYPE, type Model, type ValueType } from './model.ts';

/** What the gateway knows when it decides about one action. Type names are qualified. */
export interface ActionFacts {
  readonly id: string;
  /** Its own id and those of all its groups. */
  readonly ids: ReadonlySet<string>;
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  /** Whether the resource's id is in the request. */
  readonly resourceId: boolean;
  readonly context: ReadonlyMap<string, ValueType>;
  /** Context attributes that only the backend has. */
  readonly unknownContext: ReadonlySet<string>;
}

/** Which facts are known at the gateway; whatever is not said here, only the backend knows. */
export interface GatewayFacts {
  readonly endpointType: string;
  readonly actions: readonly ActionFacts[];
  /** Principal type -> attribute -> type. */
  readonly principals: ReadonlyMap<string, ReadonlyMap<string, ValueType>>;
}

const typesOf = (attributes: Readonly<Record<string, Attribute>>): Map<string, ValueType> =>
  new Map(Object.entries(attributes).map(([name, { type }]) => [name, type]));

const actionFacts = (model: Model, name: string, action: Action): ActionFacts => {
  const qualified = (type: string): string => `${model.namespace}::${type}`;
  return {
    id: name,
    ids: new Set([name, ...actionAncestors(model, name)]),
    principals: action.principals.map(qualified),
    resources: action.resources.map(qualified),
    // A domain action is no route: nothing in a request says which resource it is about.
    resourceId: action.route !== undefined && action.route.resource.id.from !== 'backend',
    context: typesOf(action.context),
    unknownContext: new Set(
      Object.entries(action.context).flatMap(([name, { from }]) => (from.source === 'backend' ? [name] : [])),
    ),
  };
};

/** The facts of an API's vocabulary that are known before its backend is asked. */
export function gatewayFacts(model: Model): GatewayFacts {
  return {
    endpointType: `${model.namespace}::${ENDPOINT_TYPE}`,
    actions: Object.entries(model.actions).map(([name, action]) => actionFacts(model, name, action)),
    principals: new Map(
      Object.entries(model.principalTypes).map(([name, { attributes }]) => [
        `${model.namespace}::${name}`,
        typesOf(attributes),
      ]),
    ),
  };
}
