import type { Asked } from './asked.ts';
import type { TestedProject } from './loaded.ts';

/** What the tests of one process have in common. */
export interface Session {
  /** By folder. */
  readonly projects: Map<string, Promise<TestedProject>>;
  /** Every request of every test, in their order. */
  readonly asked: Asked[];
  /** The test that is running, where the runner tells. */
  test: string | undefined;
}

const KEY = Symbol.for('cedarwright.policy-tests');

/**
 * One for the whole process, not for each copy of this module: mocha and its TypeScript loader read some test files as
 * CommonJS and others as ESM, each with modules of its own.
 */
export const session: Session = sharedSession(globalThis);

function sharedSession(process: object): Session {
  const known: Session | undefined = Reflect.get(process, KEY);
  if (known) return known;
  const fresh: Session = { projects: new Map(), asked: [], test: undefined };
  Reflect.set(process, KEY, fresh);
  return fresh;
}
