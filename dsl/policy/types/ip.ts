import type { Bool } from './bool.ts';
import type { Value } from './expression.ts';

/** An IPv4 or IPv6 address or range. */
export interface Ip extends Value<'ipaddr'> {
  /** `context.ip.eq(ip('::1'))` prints `context.ip == ip("::1")`. */
  eq(other: Ip): Bool;
  /** `context.ip.ne(ip('::1'))` prints `context.ip != ip("::1")`. */
  ne(other: Ip): Bool;
  /** `context.ip.isInRange(ip('10.0.0.0/8'))` prints `context.ip.isInRange(ip("10.0.0.0/8"))`. */
  isInRange(range: Ip): Bool;
  /** `context.ip.isIpv4()` prints `context.ip.isIpv4()`. */
  isIpv4(): Bool;
  /** `context.ip.isIpv6()` prints `context.ip.isIpv6()`. */
  isIpv6(): Bool;
  /** `context.ip.isLoopback()` prints `context.ip.isLoopback()`. */
  isLoopback(): Bool;
  /** `context.ip.isMulticast()` prints `context.ip.isMulticast()`. */
  isMulticast(): Bool;
}
