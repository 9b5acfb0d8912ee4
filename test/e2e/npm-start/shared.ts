import { openTerminal, type Running, type Terminal } from './terminal.ts';

let first: Promise<{ readonly terminal: Terminal; readonly running: Running }> | undefined;

/** A terminal in which `npm start` was typed, for all tests of it: each more would cost ten seconds of a processor. */
export const started = () => (first ??= start());

async function start() {
  const terminal = await openTerminal();
  try {
    return { terminal, running: await terminal.start() };
  } catch (error) {
    await terminal.close();
    throw error;
  }
}

after(async () => (await first)?.terminal.close());
