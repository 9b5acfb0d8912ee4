/** What a gateway forwards of an allow: `$context.authorizer.*`, scalars only. */
export interface Allowed {
  readonly tenantId: string;
  readonly principalId: string;
  readonly decisionId: string;
}
