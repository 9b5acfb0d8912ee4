import { type Action, ENDPOINT_TYPE, type Model, type Route } from '../../cedar/model.ts';
import { SAMPLE_ID, type Samples, sampleAttributes } from './samples.ts';

/** An operation that a new project can try with a plain request. */
export interface Operation {
  /** The action: `GET /pets/{id}`. */
  readonly action: string;
  /** Its name in `op`. */
  readonly key: string;
  readonly method: string;
  /** With values for its parameters. */
  readonly path: string;
  /** Undefined where the operation is its own resource. */
  readonly resource?: { readonly type: string; readonly attributes: Samples };
  /** What a policy test has to say of the context. */
  readonly context: Samples;
}

/** What the first tenant of a project allows and denies. */
export interface Chosen {
  /** One to three. */
  readonly reads: readonly Operation[];
  /** Up to three. */
  readonly writes: readonly Operation[];
  /** One that a policy forbids to everybody. */
  readonly refused?: Operation;
}

const MOST = 3;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Chooses the simplest operations of an API: undefined when none can be called with a plain request. */
export function chooseOperations(model: Model, principalType: string): Chosen | undefined {
  const callable = Object.entries(model.actions)
    .flatMap(([action, { route, ...rest }]) =>
      route && isCallable({ route, ...rest }, principalType)
        ? [operationOf(model, action, { route, ...rest })]
        : [],
    )
    .sort(simplestFirst);
  const gets = callable.filter(({ method }) => method === 'GET');
  const others = callable.filter(({ method }) => method !== 'GET');
  // An API of calls by POST has nothing to read by its methods; something must be allowed all the same.
  const [reads, writes] = gets.length > 0 ? [gets, others] : [others.slice(0, 1), others.slice(1)];
  if (reads.length === 0) return undefined;
  const refused = writes.length > 1 ? (writes.find(isDelete) ?? writes.at(-1)) : undefined;
  return {
    reads: reads.slice(0, MOST),
    writes: writes.filter((operation) => operation !== refused).slice(0, MOST),
    ...(refused && { refused }),
  };
}

type Routed = Action & { readonly route: Route };

/** By somebody of this type, without headers or parameters that a plain request does not have. */
const isCallable = ({ principals, context, route }: Routed, principalType: string): boolean =>
  METHODS.includes(route.method) &&
  principals.includes(principalType) &&
  route.resource.id.from !== 'backend' &&
  Object.values(context).every(
    ({ required, from }) => !required || (from.source !== 'header' && from.source !== 'query'),
  );

const operationOf = (model: Model, action: string, { context, route }: Routed): Operation => ({
  action,
  key: route.key,
  method: route.method,
  path: route.path.replaceAll(/\{[^}]*\}/g, SAMPLE_ID),
  ...(route.resource.type !== ENDPOINT_TYPE && {
    resource: {
      type: route.resource.type,
      attributes: sampleAttributes(model.entityTypes[route.resource.type]?.attributes ?? {}),
    },
  }),
  context: sampleAttributes(context),
});

const isDelete = ({ method }: Operation): boolean => method === 'DELETE';

const effort = ({ path, resource, context }: Operation): number =>
  path.split('/').length + (resource ? 10 : 0) + Object.keys(context).length * 10;

const simplestFirst = (a: Operation, b: Operation): number =>
  effort(a) - effort(b) || (a.action < b.action ? -1 : 1);
