import { isDeepStrictEqual } from 'node:util';
import type { Expr, Method } from './ast.ts';
import type { ValueType } from './model.ts';
import { type Scene, narrow, principalTypes, resourceTypes } from './scene.ts';
import { contains, parts } from './walk.ts';

type Attribute = Extract<Expr, { kind: 'attribute' }>;

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

/**
 * The one type that all have. A fact that some of the requests lack, or have with another type, can be read only behind
 * a test that tells them apart, and that test may be one that the gateway cannot make.
 */
const commonType = (types: readonly (ValueType | undefined)[]): ValueType | undefined => {
  const [first, ...others] = types;
  return others.every((type) => isDeepStrictEqual(type, first)) ? first : undefined;
};

const principalAttribute = (scene: Scene, name: string): ValueType | undefined =>
  commonType(principalTypes(scene).map((type) => scene.facts.principals.get(type)?.get(name)));

const contextAttribute = ({ actions }: Scene, name: string): ValueType | undefined =>
  actions.some(({ unknownContext }) => unknownContext.has(name))
    ? undefined
    : commonType(actions.map(({ context }) => context.get(name)));

/** Whether the resource is the operation itself, whose every fact is in the request. */
export const isEndpoint = (scene: Scene): boolean =>
  resourceTypes(scene).every((type) => type === scene.facts.endpointType);

/** The type of an attribute whose value is known, or undefined if the value may be unknown. */
const attributeType = ({ of, name }: Attribute, scene: Scene): ValueType | undefined => {
  if (of.kind === 'attribute') {
    const type = attributeType(of, scene);
    return type?.kind === 'Record' && Object.hasOwn(type.attributes, name)
      ? type.attributes[name]?.type
      : undefined;
  }
  if (of.kind !== 'variable') return undefined;
  switch (of.name) {
    case 'principal':
      return principalAttribute(scene, name);
    case 'context':
      return contextAttribute(scene, name);
    case 'resource':
      return isEndpoint(scene) && ENDPOINT_ATTRIBUTES.includes(name) ? { kind: 'String' } : undefined;
    default:
      return undefined;
  }
};

const isPresenceKnown = (of: Expr, name: string, scene: Scene): boolean => {
  if (of.kind === 'attribute') return attributeType(of, scene)?.kind === 'Record';
  if (of.kind !== 'variable') return false;
  // An action that declares no such attribute never has it, which is known as well.
  if (of.name === 'context') return !scene.actions.some(({ unknownContext }) => unknownContext.has(name));
  return attributeType({ kind: 'attribute', of, name }, scene) !== undefined;
};

/** Ancestors are known of the principal (its groups), of the action, and of an Endpoint, which has none. */
const areAncestorsKnown = (of: Expr, scene: Scene): boolean =>
  of.kind === 'variable' && (of.name === 'resource' ? isEndpoint(scene) : of.name !== 'context');

/** Whether the gateway can evaluate an expression as the backend would: it reads no fact that only the backend has. */
export function isKnown(expr: Expr, scene: Scene): boolean {
  // No request gets here, neither at the gateway nor later.
  if (scene.actions.length === 0) return true;
  switch (expr.kind) {
    case 'slot':
      return false;
    case 'variable':
      if (expr.name === 'resource') return scene.actions.every(({ resourceId }) => resourceId);
      // The context as a whole may hold unknown facts.
      return expr.name !== 'context';
    case 'attribute':
      return attributeType(expr, scene) !== undefined;
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
