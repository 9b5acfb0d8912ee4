import type { ClaimValue } from './claim-value.ts';

interface ClaimChanges {
  readonly claimsToAddOrOverride: Readonly<Record<string, ClaimValue>>;
  readonly claimsToSuppress: readonly string[];
}

/**
 * The pre token generation event of versions 2 and 3, as far as it is read (Cognito Developer Guide, "Pre token
 * generation Lambda trigger"). `clientMetadata` is missing on purpose: any client can send it.
 */
export interface TokenEvent {
  readonly version: string;
  /** How it was signed in: `TokenGeneration_RefreshTokens`, … */
  readonly triggerSource: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: {
    readonly userAttributes?: Readonly<Record<string, string>>;
    readonly groupConfiguration?: { readonly groupsToOverride?: readonly string[] };
    /** That the token is to have. */
    readonly scopes?: readonly string[];
  };
  readonly response: object;
}

export type TokenResponse<Event extends TokenEvent> = Omit<Event, 'response'> & {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: {
      readonly accessTokenGeneration: ClaimChanges;
      readonly idTokenGeneration?: ClaimChanges;
      readonly groupOverrideDetails?: { readonly groupsToOverride: readonly string[] };
    };
  };
};

interface Answer {
  readonly changes: ClaimChanges;
  /** ID tokens get the claims only where they are what the tenant's APIs accept. */
  readonly tokenUse: 'access' | 'id';
  /** In place of the pool's own. */
  readonly groups?: readonly string[] | undefined;
}

/** The event with its answer. */
export const answered = <Event extends TokenEvent>(
  event: Event,
  { changes, tokenUse, groups }: Answer,
): TokenResponse<Event> => ({
  ...event,
  response: {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: changes,
      ...(tokenUse === 'id' && { idTokenGeneration: changes }),
      ...(groups && { groupOverrideDetails: { groupsToOverride: groups } }),
    },
  },
});
