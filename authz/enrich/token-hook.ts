import type { Model } from '../../cedar/model.ts';
import { groupsClaimOf, PERMISSIONS_CLAIM } from '../identity/claims.ts';
import { cognitoIssuer } from '../identity/cognito-issuer.ts';
import type { Registry } from '../identity/registry.ts';
import { carriesPermissions, type RegistryRow, type TenantKind } from '../tables/registry.ts';
import { claimsOf } from './claims.ts';
import type { Grant } from './permissions.ts';
import { groupsOf } from './scopes.ts';
import { isMachine, signedIn } from './signed-in.ts';
import type { SubjectFacts, SubjectSource } from './subject.ts';
import { answered, type TokenEvent, type TokenResponse } from './token-event.ts';
import { TokenRefused } from './token-refused.ts';

/** Where the subjects of a kind of tenant are found. */
export interface SubjectRecords {
  readonly find: SubjectSource;
  /** What holds for a subject without records; absent: it gets no token. */
  readonly absent?: SubjectFacts;
}

export interface TokenHookOptions {
  readonly model: Model;
  readonly registry: Registry;
  readonly records: Readonly<Partial<Record<TenantKind, SubjectRecords>>>;
  /** Decides what goes into tokens that carry permissions. */
  readonly grant: Grant;
}

/**
 * Turns a sign-in into the claims that the authorizer believes. The tenant is found by pool and client, which Cognito
 * itself names, never by anything that the user or the client sent. The function throws rather than issue a token
 * about which something is unknown.
 */
export function createTokenHook({ model, registry, records, grant }: TokenHookOptions) {
  return async <Event extends TokenEvent>(event: Event): Promise<TokenResponse<Event>> => {
    const { region, userPoolId, callerContext } = event;
    const issuer = cognitoIssuer(region, userPoolId);
    const { registration } = await registry.find(issuer, callerContext.clientId);
    if (!registration) throw new TokenRefused('this client belongs to no tenant');
    const { row, suspended } = registration;
    if (suspended) throw new TokenRefused('the tenant is suspended');

    const { sub, known } = signedIn(event, row);
    const source = records[row.kind];
    if (!source) throw new TokenRefused(`this hook serves no tenant of kind ${row.kind}`);
    const found = (await source.find(row.slug, known)) ?? source.absent;
    if (!found)
      throw new TokenRefused(
        `the ${isMachine(event) ? 'service' : 'user'} is not registered with the tenant`,
      );
    const facts = isMachine(event) ? withScopes(found, event) : found;
    const changes = claimsOf(row, facts, model);
    const groups = groupsIn(event, row, facts);
    const added = { ...changes.claimsToAddOrOverride, ...groups.claims };
    const permissions = carriesPermissions(row.decisionMode) && {
      [PERMISSIONS_CLAIM]: await grant(row, issuer, { ...added, sub, [groupsClaimOf(row)]: groups.all }),
    };
    return answered(event, {
      changes: { ...changes, claimsToAddOrOverride: { ...added, ...permissions } },
      tokenUse: row.tokenUse,
      groups: groups.override,
    });
  };
}

/** What a service's token was asked for is a fact about the service, as long as it has it. */
const withScopes = (facts: SubjectFacts, { request }: TokenEvent): SubjectFacts => ({
  ...facts,
  attributes: { ...facts.attributes, scopes: groupsOf(request.scopes ?? []) },
});

interface Groups {
  readonly all: readonly string[];
  /** In place of the pool's own. */
  readonly override?: readonly string[];
  readonly claims?: Readonly<Record<string, readonly string[]>>;
}

/** Of people of a pool, the pool knows. Of federated people it knows only which provider they are from. */
function groupsIn({ request }: TokenEvent, row: RegistryRow, { groups = [] }: SubjectFacts): Groups {
  if (row.kind === 'serviceClient') return { all: groups, claims: { [groupsClaimOf(row)]: groups } };
  if (row.kind === 'workforceApp') return { all: groups, override: groups };
  return { all: request.groupConfiguration?.groupsToOverride ?? [] };
}
