import { isCarried, isHandedOn, principalTypeOf, TOKEN_ATTRIBUTE } from '../../cedar/token-form.ts';
import type { Model, PrincipalType } from '../../cedar/model.ts';
import { type CedarAction, type CedarRecord, cedarRecord } from './cedar-json.ts';
import { gatewaySchema } from './gateway-schema.ts';

/**
 * The schema of the gateway's phase where Verified Permissions is given a token: as `gatewaySchema`, with one type of
 * principal, whose claims are in the context of each action (access tokens) or its attributes (ID tokens).
 */
export function tokenSchema(model: Model, kind: string, use: 'access' | 'id'): object {
  const [name, principal] = principalTypeOf(model, kind) ?? [undefined, undefined];
  const namespace = gatewaySchema(model)[model.namespace];
  const claims = claimsOf(principal);
  const typeName = freeName('TokenClaims', namespace?.entityTypes ?? {});
  const entityTypes = Object.entries(namespace?.entityTypes ?? {}).map(([type, { shape, ...others }]) => {
    if (!Object.hasOwn(model.principalTypes, type)) return [type, { ...others, ...(shape && { shape }) }];
    return [type, { ...others, ...(use === 'id' && type === name && { shape: claims }) }];
  });
  const actions = Object.entries(namespace?.actions ?? {}).map(([id, action]) => [
    id,
    askedWithToken(action, name, use === 'access' ? typeName : undefined),
  ]);
  return {
    [model.namespace]: {
      // A type of its own: written out, it would be in the schema once an action.
      ...(use === 'access' && { commonTypes: { [typeName]: claims } }),
      entityTypes: Object.fromEntries(entityTypes),
      actions: Object.fromEntries(actions),
    },
  };
}

function askedWithToken(
  { appliesTo, ...group }: CedarAction,
  principal: string | undefined,
  claims: string | undefined,
): object {
  if (!appliesTo) return group;
  const { principalTypes, context } = appliesTo;
  const attributes = { ...context?.attributes, ...(claims && { [TOKEN_ATTRIBUTE]: { type: claims } }) };
  return {
    ...group,
    appliesTo: {
      ...appliesTo,
      principalTypes: principalTypes.filter((type) => type === principal),
      ...(Object.keys(attributes).length > 0 && { context: { type: 'Record', attributes } }),
    },
  };
}

function claimsOf(principal: PrincipalType | undefined): CedarRecord {
  const claims = Object.values(principal?.attributes ?? {}).flatMap(({ from, type, required }) =>
    from.source === 'claim' && isHandedOn(from.claim) && isCarried(type)
      ? [[from.claim, { type, required }] as const]
      : [],
  );
  return cedarRecord(Object.fromEntries(claims));
}

const freeName = (name: string, taken: object): string =>
  Object.hasOwn(taken, name) ? freeName(`${name}_`, taken) : name;
