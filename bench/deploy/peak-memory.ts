import { execFile } from 'node:child_process';

const EVERY_MS = 500;

/** Watches how much memory each process has that this one has started. `stop` tells the most: megabytes. */
export function watchChildren(): { stop(): number } {
  let most = 0;
  const look = (): void => {
    execFile('ps', ['-A', '-o', 'ppid=,rss='], (error, stdout) => {
      if (error) return;
      for (const line of stdout.trim().split('\n')) {
        const [parent, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
        if (parent === process.pid) most = Math.max(most, kilobytes / 1024);
      }
    });
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}
