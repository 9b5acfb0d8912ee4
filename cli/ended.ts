/** npm passes a Ctrl-C on to the command, whose process group has had it already: one keystroke arrives twice. */
const SAME_KEYSTROKE_MS = 500;
const LOOK_AFTER_PARENT_MS = 250;

/**
 * Resolves at the first Ctrl-C or request to end, or when the npm that started this process is gone. Another Ctrl-C
 * after it does not wait for the tidy end.
 */
export async function ended(): Promise<void> {
  await new Promise<void>((resolve) => {
    let first: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        first ??= performance.now();
        if (performance.now() - first > SAME_KEYSTROKE_MS) process.exit(1);
        resolve();
      });
    }
    whenOrphaned(resolve);
  });
}

/** As this process began: npm may be gone before anybody looks. */
const PARENT = process.ppid;

/** Killed outright, npm passes nothing on: whoever it started must notice. @returns ends the looking */
export function whenOrphaned(then: () => void): () => void {
  if (process.env['npm_lifecycle_event'] === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (process.ppid === PARENT) return;
    clearInterval(timer);
    then();
  }, LOOK_AFTER_PARENT_MS);
  timer.unref();
  return () => clearInterval(timer);
}
