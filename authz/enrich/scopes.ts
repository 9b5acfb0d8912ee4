/** How a group of operations is called as a scope of OAuth, and back. */

/** Every service may ask for it: a token for machines needs a scope, and an API may have no groups. */
export const CALL = 'call';

/** What the name of a scope may not have (Cognito API Reference, ResourceServerScopeType), and what stands for that. */
const NOT_IN_SCOPES = /[^!#$&-.0-[\]-~]/gu;

export const scopeOf = (actionGroup: string): string =>
  actionGroup.replace(NOT_IN_SCOPES, encodeURIComponent);

/** The groups that scopes such as `shop/read` name. */
export const groupsOf = (scopes: readonly string[]): readonly string[] =>
  scopes
    .map((scope) => decodeURIComponent(scope.slice(scope.lastIndexOf('/') + 1)))
    .filter((name) => name !== CALL);
