/** The service's database could not be asked: nothing was decided, or nothing of it was done. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(cause: unknown) {
    super('the database could not be asked', { cause });
  }
}
