/** A file of policies, tests or links that says something else than it should. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
