/**
 * A policy document says something that this evaluator does not know, or is malformed. Never skipped: a condition
 * left out would turn a narrow Allow into a broad one, or a Deny into nothing.
 */
export class UnsupportedPolicy extends Error {
  override readonly name = 'UnsupportedPolicy';
}
