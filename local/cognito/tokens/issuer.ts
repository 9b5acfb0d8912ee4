/** Of a pool's tokens. As in AWS, so that the code that verifies them is the same. */
export const issuerOf = (poolId: string): string =>
  `https://cognito-idp.${poolId.slice(0, poolId.indexOf('_'))}.amazonaws.com/${poolId}`;
