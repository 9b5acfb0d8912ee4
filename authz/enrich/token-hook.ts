import type { Model } from '../../cedar/model.ts';
import { PERMISSIONS_CLAIM } from '../identity/claims.ts';
import { cognitoIssuer } from '../identity/cognito-issuer.ts';
import type { Registry } from '../identity/registry.ts';
import { carriesPermissions, type TenantKind } from '../tables/registry.ts';
import { claimsOf } from './claims.ts';
import { federatedSubject } from './federated-subject.ts';
import type { Grant } from './permissions.ts';
import type { SubjectFacts, SubjectSource } from './subject.ts';
import { answered, type TokenEvent, type TokenResponse } from './token-event.ts';

/** No token is issued. The message reaches the person who signs in, so it tells nothing but the reason. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

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

    const { sub, identities, 'custom:tenant_id': bound } = event.request.userAttributes ?? {};
    if (!sub) throw new TokenRefused("the sign-in is no user's");
    if (bound !== undefined && bound !== row.slug)
      throw new TokenRefused('the user belongs to another tenant');
    const source = records[row.kind];
    if (!source) throw new TokenRefused(`this hook serves no tenant of kind ${row.kind}`);
    const isFederated = row.kind === 'workforceApp';
    const known = isFederated ? federatedSubject(identities) : sub;
    if (known === undefined) throw new TokenRefused('the sign-in was not by the identity provider');
    const facts = (await source.find(row.slug, known)) ?? source.absent;
    if (!facts) throw new TokenRefused('the user is not registered with the tenant');
    const changes = claimsOf(row, facts, model);
    const { tokenUse } = row;
    // The pool itself knows of its federated people only which provider they are from.
    const groups = isFederated ? (facts.groups ?? []) : undefined;
    if (!carriesPermissions(row.decisionMode)) return answered(event, { changes, tokenUse, groups });
    const added = changes.claimsToAddOrOverride;
    const inGroups = groups ?? event.request.groupConfiguration?.groupsToOverride ?? [];
    const permissions = await grant(row, issuer, { ...added, sub, 'cognito:groups': inGroups });
    const claimsToAddOrOverride = { ...added, [PERMISSIONS_CLAIM]: permissions };
    return answered(event, { changes: { ...changes, claimsToAddOrOverride }, tokenUse, groups });
  };
}
