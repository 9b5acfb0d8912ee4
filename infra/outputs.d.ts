/**
 * What a stack exports, by its types alone: what a project that exports it too is type-checked against. The program's
 * own types, and those of all resources, take 0.6 s of each check.
 */
import type { Output } from '@pulumi/pulumi';

/** Where each gateway is, and where services get their tokens; `connections` is for the backend's environment. */
export declare const gateways: {
  tokens?: Output<string>;
  webSocket?: Output<string>;
  connections?: Output<string>;
  http?: Output<string>;
  rest?: Output<string>;
};
/** Where every tenant stands. */
export declare const tenantStates: Record<string, 'active' | 'retiring' | 'retired'>;
/** What the next deployment must know of this one. */
export declare const deployed: Output<string>;
