/**
 * Limits of Verified Permissions, from its User Guide (Quotas) and API reference. Bytes are of the UTF-8 form.
 * Not all are hard: those that AWS raises on request are still what a new account has.
 */
export const LIMITS = {
  /** One policy's text. */
  policyBytes: 10_000,
  /** A store's schema. Some copies of the guide say 200,000: the smaller figure is the safe one. */
  schemaBytes: 100_000,
  /** All policies whose scope names the same resource; those that name none share one such bucket. */
  policyBytesPerResource: 200_000,
  /** What each policy adds to its bucket beside its text: "up to a few hundred bytes". */
  policyOverheadBytes: 300,
  policyTemplates: 40,
  /** Characters of an entity's id, an action's id, a type's name. */
  entityIdLength: 612,
  actionIdLength: 512,
  typeNameLength: 200,
  /** Ancestors of a principal, an action or a resource, at any distance. */
  ancestors: 99,
  /** One authorization request. */
  requestBytes: 1_000_000,
} as const;

export const utf8Bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
