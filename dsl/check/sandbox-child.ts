/**
 * The program of the process in which tenant files run; see sandbox.ts. It has no file to read: its text is given on
 * the command line, so that the process needs no access to the file system at all.
 *
 * A line of JSON that is a text is the script which every context after it runs first. Any other is about a file, and
 * is answered by one line. No object of a file's context is ever touched here, not even a thrown error, because a
 * getter or a proxy would run the file's code outside of its time limit.
 */
import vm from 'node:vm';
import { createInterface } from 'node:readline';
import type { Answer, Job } from './sandbox.ts';

const run = (prelude: vm.Script, { name, code, timeoutMs, maxLength }: Job): Answer => {
  const started = performance.now();
  try {
    const context = vm.createContext(Object.create(null), {
      codeGeneration: { strings: false, wasm: false },
      // Promises are settled before the call returns, hence within the time limit.
      microtaskMode: 'afterEvaluate',
    });
    prelude.runInContext(context, { timeout: timeoutMs });
    const text: unknown = new vm.Script(code, { filename: name }).runInContext(context, {
      timeout: timeoutMs,
    });
    if (typeof text !== 'string') return { ok: false, reason: 'failed' };
    return text.length > maxLength ? { ok: false, reason: 'size' } : { ok: true, text };
  } catch {
    // The limit is kept by a clock of whole milliseconds, which may be up to one ahead of this.
    return { ok: false, reason: performance.now() - started > timeoutMs - 1 ? 'time' : 'failed' };
  }
};

let prelude = new vm.Script('');
for await (const line of createInterface({ input: process.stdin })) {
  const message: string | Job = JSON.parse(line);
  // Compiled once: all contexts share the code, none of them an object.
  if (typeof message === 'string') prelude = new vm.Script(message, { filename: 'prelude' });
  else process.stdout.write(`${JSON.stringify(run(prelude, message))}\n`);
}
