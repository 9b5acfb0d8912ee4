/** Lets many read or one write, in the order in which they came. */
export interface Lock {
  shared<T>(work: () => Promise<T>): Promise<T>;
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

export function createLock(): Lock {
  let writer: Promise<unknown> = Promise.resolve();
  /** All that came after `writer`. */
  let readers: Promise<unknown> = Promise.resolve();
  return {
    shared(work) {
      const run = writer.then(work);
      readers = Promise.allSettled([readers, run]);
      return run;
    },
    exclusive(work) {
      const run = Promise.allSettled([writer, readers]).then(work);
      // Whoever waits for the lock does not care how the work ended.
      writer = run.catch(() => undefined);
      readers = Promise.resolve();
      return run;
    },
  };
}
