/** Work that takes less is not worth a word. */
const PATIENCE_MS = 1000;

/**
 * Tells on a terminal what is being done, in one line that is written over, once it has taken a second. On stderr, so
 * that results can be piped.
 */
export function createProgress(): { readonly tell: (what: string) => void; readonly end: () => void } {
  const began = performance.now();
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001B[2K');
  };
  return {
    tell(what) {
      if (!process.stderr.isTTY || performance.now() - began < PATIENCE_MS) return;
      clear();
      shown = true;
      process.stderr.write(`… ${what}`.slice(0, process.stderr.columns));
    },
    end: clear,
  };
}
