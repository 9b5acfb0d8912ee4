/** A construct that the encoding leaves out. The answer is then "unknown", and says which. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}
