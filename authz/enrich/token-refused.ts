/** No token is issued. The message reaches the person who signs in, so it tells nothing but the reason. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}
