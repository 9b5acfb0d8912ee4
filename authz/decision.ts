import type { Reason } from './respond/reasons.ts';

/**
 * What is recorded of one decision. Ids and codes only: no token, no query string, no value of a claim or attribute.
 */
export interface Decision {
  /** Also given to the backend, so that both phases can be found together. */
  readonly decisionId: string;
  /** In the backend: which decision of the gateway came before. Requests that it answered from its cache share one. */
  readonly gatewayDecisionId?: string;
  readonly decision: 'allow' | 'deny' | 'unavailable';
  /** Why it is no allow. */
  readonly reason?: Reason;
  /** Name of the error that made it `unavailable`, or in which an allowed request ended. */
  readonly cause?: string;
  readonly tenant?: string;
  /** `<slug>|<sub>` */
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  /** Our ids of the policies that decided. */
  readonly determining?: readonly string[];
  /** Ids of policies that could not be evaluated. */
  readonly errors?: readonly string[];
  readonly cacheHits?: { readonly registry: boolean; readonly token: boolean };
  readonly milliseconds: number;
}
