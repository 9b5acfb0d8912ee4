/**
 * Issuers of Cognito user pools: `https://cognito-idp.<region>.amazonaws.com/<pool>` (Cognito Developer Guide,
 * "Verifying JSON web tokens").
 */
const ISSUER = /^(https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com)\/([a-z0-9-]+_[A-Za-z0-9]+)$/;

/** The pool of a Cognito issuer; undefined for any other issuer. */
export const userPoolOf = (issuer: string): string | undefined => ISSUER.exec(issuer)?.[2];

export const cognitoIssuer = (region: string, userPoolId: string): string =>
  `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;

/** What precedes the pool in the URL of a Cognito pool's keys; undefined for any other URL. */
export const cognitoOriginOf = (url: string): string | undefined =>
  /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?=\/)/.exec(url)?.[0];
