import type { Expr, Method } from './ast.ts';
import type { ValueType } from './model.ts';
import { type Scene, narrow, principalTypes, resourceTypes } from './scene.ts';
import { contains, parts } from './walk.ts';

/** An Endpoint is its operation, so these are in every request; a tenant's own additions to it are not. */
const ENDPOINT_ATTRIBUTES = ['method', 'path'];

/** Operations whose result may not fit in 64 bits: all that can err in a policy that validates strictly. */
const OVERFLOWING: readonly Method[] = ['offset', 'durationSince', 'toDate', 'toTime'];

/** Whether evaluation may end in an error, given a policy that validates strictly. */
export const canErr = (expr: Expr): boolean =>
  contains(
    expr,
    (part) =>
      part.kind === 'arithmetic' ||
      part.kind === 'negate' ||
      (part.kind === 'call' && OVERFLOWING.includes(part.method)),
  );

/** Of all types that a value may have, those of one of its attributes; undefined if any does not tell. */
const memberTypes = (of: readonly ValueType[], name: string): ValueType[] | undefined => {
  const types = of.map((type) => (type.kind === 'Record' ? type.attributes[name]?.type : undefined));
  return types.every((type) => type !== undefined) ? types : undefined;
};

const principalAttribute = (scene: Scene, name: string): ValueType[] | undefined => {
  const types = principalTypes(scene).map((type) => scene.facts.principals[type]?.[name]);
  return types.length > 0 && types.every((type) => type !== undefined) ? types : undefined;
};

const contextAttribute = ({ actions }: Scene, name: string): ValueType[] | undefined => {
  if (actions.some(({ unknownContext }) => unknownContext.has(name))) return undefined;
  const types = actions.flatMap(({ context }) => context[name] ?? []);
  return types.length > 0 ? types : undefined;
};

/** Whether the resource is the operation itself, whose every fact is in the request. */
export const isEndpoint = (scene: Scene): boolean => {
  const types = resourceTypes(scene);
  return types.length > 0 && types.every((type) => type === scene.facts.endpointType);
};

/** The types that the known value of an attribute may have, or undefined if the value may be unknown. */
const attributeTypes = (expr: Expr, scene: Scene): readonly ValueType[] | undefined => {
  if (expr.kind !== 'attribute') return undefined;
  const { of, name } = expr;
  if (of.kind !== 'variable') {
    const types = attributeTypes(of, scene);
    return types && memberTypes(types, name);
  }
  switch (of.name) {
    case 'principal':
      return principalAttribute(scene, name);
    case 'context':
      return contextAttribute(scene, name);
    case 'resource':
      return isEndpoint(scene) && ENDPOINT_ATTRIBUTES.includes(name) ? [{ kind: 'String' }] : undefined;
    default:
      return undefined;
  }
};

const isPresenceKnown = (of: Expr, name: string, scene: Scene): boolean => {
  if (of.kind !== 'variable')
    return attributeTypes(of, scene)?.every(({ kind }) => kind === 'Record') ?? false;
  // An action that declares no such attribute never has it, which is known as well.
  if (of.name === 'context') {
    return scene.actions.length > 0 && !scene.actions.some(({ unknownContext }) => unknownContext.has(name));
  }
  return attributeTypes({ kind: 'attribute', of, name }, scene) !== undefined;
};

/** Ancestors are known of the principal (its groups), of the action, and of an Endpoint, which has none. */
const areAncestorsKnown = (of: Expr, scene: Scene): boolean =>
  of.kind === 'variable' && (of.name === 'resource' ? isEndpoint(scene) : of.name !== 'context');

/** Whether the gateway can evaluate an expression as the backend would: it reads no fact that only the backend has. */
export function isKnown(expr: Expr, scene: Scene): boolean {
  switch (expr.kind) {
    case 'slot':
      return false;
    case 'variable':
      if (expr.name === 'resource')
        return scene.actions.length > 0 && scene.actions.every((each) => each.resourceId);
      // The context as a whole may hold unknown facts.
      return expr.name !== 'context';
    case 'attribute':
      return attributeTypes(expr, scene) !== undefined;
    case 'has':
      return isPresenceKnown(expr.of, expr.name, scene);
    case 'in':
      return areAncestorsKnown(expr.left, scene) && isKnown(expr.left, scene) && isKnown(expr.right, scene);
    case 'is': {
      // A variable's type is known even where its id is not.
      if (!(expr.of.kind === 'variable' || isKnown(expr.of, scene))) return false;
      return !expr.in || (areAncestorsKnown(expr.of, scene) && isKnown(expr.in, scene));
    }
    case 'and': {
      let reached = scene;
      return expr.of.every((operand) => {
        const known = isKnown(operand, reached);
        reached = narrow(reached, operand);
        return known;
      });
    }
    case 'if':
      return (
        isKnown(expr.test, scene) && isKnown(expr.yes, narrow(scene, expr.test)) && isKnown(expr.no, scene)
      );
    case 'call':
      // Tags are data of an entity that no request carries.
      if (expr.method === 'getTag' || expr.method === 'hasTag') return false;
      break;
    default:
  }
  return parts(expr).every((part) => isKnown(part, scene));
}
