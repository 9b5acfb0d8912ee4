import type { Created, Invokes, Observed, Properties, ResourceHandlers } from '../program/resource.ts';
import { type Difference, difference, named } from './difference.ts';

/** What the engine names a resource by. */
export interface Resource {
  /** `aws:dynamodb/table:Table` */
  readonly type: string;
  /** Logical. */
  readonly name: string;
}

/** A resource provider's operations, on the handlers of the embedded cloud. Each throws what its service refuses with. */
export interface Operations {
  /** @returns why the embedded cloud cannot take a resource, by input; empty: it can */
  check(resource: Resource, inputs: Properties): { readonly property: string; readonly reason: string }[];
  diff(resource: Resource, before: Properties, now: Properties): Difference;
  create(resource: Resource, inputs: Properties): Promise<Created>;
  /** Undefined: it is gone. */
  read(resource: Resource, id: string, inputs: Properties, state: Properties): Promise<Observed | undefined>;
  update(resource: Resource, id: string, inputs: Properties, state: Properties): Promise<Properties>;
  delete(resource: Resource, id: string, state: Properties): Promise<void>;
  invoke(token: string, args: Properties): Properties | Promise<Properties>;
}

export function createOperations(handlers: ResourceHandlers, invokes: Invokes): Operations {
  const handlerOf = ({ type }: Resource) => {
    const handler = handlers[type];
    if (!handler) throw new Error(`the embedded cloud does not know the type of resource ${type}`);
    return handler;
  };
  return {
    check(resource, inputs) {
      const handler = handlerOf(resource);
      return named(inputs)
        .filter((input) => !handler.inputs.includes(input))
        .map((property) => ({ property, reason: 'the embedded cloud does not honour this input' }));
    },
    diff: (resource, before, now) => difference(handlerOf(resource), before, now),
    create: async (resource, inputs) => handlerOf(resource).create(inputs, resource.name),
    read: async (resource, id, inputs, state) => handlerOf(resource).read(id, inputs, state),
    update: async (resource, id, inputs, state) => handlerOf(resource).update(id, inputs, state),
    delete: async (resource, id, state) => handlerOf(resource).delete(id, state),
    invoke(token, args) {
      const invoke = invokes[token];
      if (!invoke) throw new Error(`the embedded cloud does not know the data source ${token}`);
      return invoke(args);
    },
  };
}
