import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import type { Running } from './terminal.ts';

/** Some 0.3 s on a machine that does nothing else; removing the database's files takes long on one that does. */
const PATIENCE_MS = 5000;

/** Ends a cloud and gives it its time. Returns what is left then. */
export async function endOf(running: Running, end: () => unknown): Promise<string[]> {
  expect(await running.left()).to.have.length.greaterThan(4);
  const deadline = performance.now() + PATIENCE_MS;
  await end();
  for (;;) {
    const left = await running.left();
    if (left.length === 0 || performance.now() > deadline) return left;
    await delay(20);
  }
}
