/**
 * Turns one batch into the deliveries that the function gets instead: the same records twice, in another order, or
 * later. Event sources deliver at least once, and records that are retried may arrive out of order.
 */
export type Disturb = <T>(batch: readonly T[]) => Promise<readonly (readonly T[])[]>;

export const undisturbed: Disturb = async (batch) => [batch];
