import type { SyncResult } from '../sync/sync-tenant.ts';

/** An operator's or a schedule's call of the sync: `{ "reconcile": "acme" }`; `slug` is what queued messages say. */
export type ReconcileEvent = { readonly reconcile: string } | { readonly slug: string };

export const isReconcileEvent = (event: object): event is ReconcileEvent =>
  ('reconcile' in event && typeof event.reconcile === 'string') ||
  ('slug' in event && typeof event.slug === 'string');

/** Repairs what differs in a tenant's stores from its release, and says how many writes it took. */
export const reconcile = (
  sync: (slug: string) => Promise<SyncResult>,
  event: ReconcileEvent,
): Promise<SyncResult> => sync('reconcile' in event ? event.reconcile : event.slug);
