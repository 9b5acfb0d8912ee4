/**
 * Looks again and again while there is something to look at. It keeps no process alive.
 * @param sweep says whether something is left
 */
export function createSweeper(everyMs: number, sweep: () => Promise<boolean>): { wake(): void } {
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const more = await sweep().catch(() => true);
    timer = undefined;
    if (more) wake();
  };
  const wake = (): void => {
    timer ??= setTimeout(() => void look(), everyMs).unref();
  };
  return { wake };
}
