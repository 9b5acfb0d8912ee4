import { quantile, type Samples, timed } from '../samples.ts';
import { number, type Row } from '../table.ts';

export interface Load {
  /** Requests that were answered in a second, all clients together. */
  readonly perSecond: number;
  readonly samples: Samples;
}

/** Clients at once: enough to keep a gateway busy, few enough not to measure only the queue before it. */
const CLIENTS = 8;

/** Sends numbered requests from several clients, each as soon as its last one is answered. */
export async function underLoad(count: number, send: (n: number) => Promise<unknown>): Promise<Load> {
  const samples: number[] = [];
  let next = 0;
  const began = performance.now();
  const client = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) samples.push(await timed(() => send(n)));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { perSecond: (count / (performance.now() - began)) * 1_000, samples };
}

export const LOAD = ['n', 'req/s', 'p50', 'p99', 'p99.9'] as const;

export const loadRow = (what: string, { perSecond, samples }: Load): Row => [
  what,
  String(samples.length),
  perSecond.toFixed(0),
  ...[0.5, 0.99, 0.999].map((share) => number(quantile(samples, share))),
];
