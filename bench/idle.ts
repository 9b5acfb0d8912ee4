import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 500;
/** A machine that others use may never be idle. */
const PATIENCE_MS = 8_000;

/** Waits until the machine has next to nothing to do, so that nothing left over from before is measured. */
export async function idle(): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  let before = processorTimes();
  while (Date.now() < deadline) {
    await delay(LOOK_MS);
    const now = processorTimes();
    if ((now.idle - before.idle) / (now.all - before.all) > 0.85) return;
    before = now;
  }
}

function processorTimes(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((processor) => processor.times);
  const sum = (part: (one: (typeof times)[number]) => number): number =>
    times.reduce((total, one) => total + part(one), 0);
  return {
    idle: sum((one) => one.idle),
    all: sum((one) => Object.values(one).reduce((total, value) => total + value, 0)),
  };
}
