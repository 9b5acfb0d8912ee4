import type { EntityUid } from '../../cedar/ast.ts';
import type { CedarJson, EntityData } from '../../cedar/engine.ts';
import { isJson, type Json } from '../aws/input.ts';
import { invalid } from './errors.ts';
import type { VerifiedClaims } from './token.ts';

/** What a token stands for in a question. */
export interface TokenPrincipal {
  readonly uid: EntityUid;
  /** The principal and its groups. */
  readonly entities: readonly EntityData[];
  /** What is added to the context. */
  readonly context: Readonly<Record<string, CedarJson>>;
}

const GROUPS = 'cognito:groups';

/**
 * Of ID tokens the claims are attributes of the principal, of access tokens they are `context.token`; groups are
 * parents and no claim (Verified Permissions User Guide, "Mapping Amazon Cognito tokens to schema").
 */
export function principalOf({ source, use, claims }: VerifiedClaims): TokenPrincipal {
  const { userPoolId, principalEntityType, groupEntityType } = source;
  const owned = (type: string, name: string): EntityUid => ({ type, id: `${userPoolId}|${name}` });
  const { [GROUPS]: named, ...others } = claims;
  const groups = (Array.isArray(named) ? named : []).map((name) => owned(groupEntityType, String(name)));
  const uid = owned(principalEntityType, claims.sub ?? '');
  const facts = factsOf(others, use);
  return {
    uid,
    entities: [
      { uid, attrs: use === 'id' ? facts : {}, parents: groups },
      ...groups.map((group) => ({ uid: group, attrs: {}, parents: [] })),
    ],
    context: use === 'access' ? { token: facts } : {},
  };
}

function factsOf(claims: Json, use: 'access' | 'id'): Readonly<Record<string, CedarJson>> {
  const facts = Object.entries(claims).flatMap(([name, claim]): [string, CedarJson][] => {
    // A list of names that OAuth writes as one text.
    if (use === 'access' && name === 'scope' && typeof claim === 'string') return [[name, claim.split(' ')]];
    const value = valueOf(claim);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(facts);
}

/** What has no type in Cedar is left out: null, and numbers that are no integers. */
function valueOf(claim: unknown): CedarJson | undefined {
  if (typeof claim === 'string' || typeof claim === 'boolean') return claim;
  if (typeof claim === 'number') return Number.isSafeInteger(claim) ? claim : undefined;
  if (Array.isArray(claim)) return claim.flatMap((member) => valueOf(member) ?? []);
  if (!isJson(claim)) return undefined;
  // As an attribute's value it would be read as something that no claim can be.
  if ('__entity' in claim || '__extn' in claim) return undefined;
  return Object.fromEntries(
    Object.entries(claim).flatMap(([name, value]) => {
      const inner = valueOf(value);
      return inner === undefined ? [] : [[name, inner]];
    }),
  );
}

/**
 * What a client may add beside a token: "you can't include principal and group entities" (API Reference,
 * IsAuthorizedWithToken).
 * @throws AwsError ValidationException
 */
export function checkAdded(
  { source }: VerifiedClaims,
  entities: readonly EntityData[],
  context: Readonly<Record<string, CedarJson>>,
): void {
  const { principalEntityType, groupEntityType } = source;
  if (entities.some(({ uid }) => uid.type === principalEntityType || uid.type === groupEntityType))
    throw invalid('entities', 'entities may contain no principals and no groups: the token says who asks');
  if (Object.hasOwn(context, 'token'))
    throw invalid('context', 'context may have no attribute token: its claims stand there');
}
