import { ENDPOINT_TYPE, type Model, RESERVED_ATTRIBUTES } from './model.ts';

/**
 * The attributes of a type (unqualified) whose values a decision record keeps: those marked `log: true`, what the
 * pipeline itself sets, and all of an operation, which are no secret of anybody.
 */
export function recordedAttributes(model: Model, type: string): ReadonlySet<string> {
  const declared = { ...model.principalTypes[type]?.attributes, ...model.entityTypes[type]?.attributes };
  const logged = Object.entries(declared).filter(([, { log }]) => log === true || type === ENDPOINT_TYPE);
  return new Set([...RESERVED_ATTRIBUTES, ...logged.map(([name]) => name)]);
}
