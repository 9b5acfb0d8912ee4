import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on: without it they mean nothing to anybody else. */
export function machine(): string {
  const processors = cpus();
  const [first] = processors;
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return [
    `${processors.length} x ${first?.model.trim() ?? 'unknown processor'}, ${gigabytes} GB, ${process.platform}`,
    `Node ${process.versions.node}, load of the last minute ${load.toFixed(1)}`,
  ].join('\n');
}
