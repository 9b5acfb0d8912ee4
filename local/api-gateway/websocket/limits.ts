/** Quotas of WebSocket APIs (API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API"). */
export const MAX_MESSAGE_BYTES = 128 * 1024;
export const MAX_FRAME_BYTES = 32 * 1024;
const MAX_OPEN_MS = 2 * 60 * 60_000;
const MAX_IDLE_MS = 10 * 60_000;

/** Whether a socket has been open, or silent, for as long as one may be. Times in epoch milliseconds. */
export const isOverdue = (
  { connectedAt, lastActiveAt }: { readonly connectedAt: Date; readonly lastActiveAt: number },
  now: number,
): boolean => now - connectedAt.getTime() >= MAX_OPEN_MS || now - lastActiveAt >= MAX_IDLE_MS;
