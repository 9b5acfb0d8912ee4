import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';

/** An IPv4 or IPv6 address or range. */
export interface Ip extends Value<'ipaddr'> {
  eq(other: Ip): Bool;
  ne(other: Ip): Bool;
  /** `context.ip.isInRange(ip('10.0.0.0/8'))` prints `context.ip.isInRange(ip("10.0.0.0/8"))`. */
  isInRange(range: Ip): Bool;
  isIpv4(): Bool;
  isIpv6(): Bool;
  isLoopback(): Bool;
  isMulticast(): Bool;
}
