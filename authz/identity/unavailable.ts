/**
 * What proves an identity could not be asked. Nobody may be told "no" for that: a gateway would remember the denial
 * long after the outage.
 */
export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
  readonly what: 'registry' | 'keys';

  constructor(what: 'registry' | 'keys', cause: unknown) {
    super(`${what} could not be read`, { cause });
    this.what = what;
  }
}
