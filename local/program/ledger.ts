import { isDeepStrictEqual } from 'node:util';
import type { Created, Properties, ResourceHandlers } from './resource.ts';

interface Entry extends Created {
  readonly type: string;
  /** Logical. */
  readonly name: string;
  readonly inputs: Properties;
}

export interface Changes {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** What the runs so far have left. */
interface Left {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Replaced by others, and not deleted yet because a run did not reach its end, or the service refused. */
  readonly outlived: readonly Entry[];
}

/**
 * What the program has registered so far, and the one place that compares a run with the one before.
 * Creates and updates happen as they are registered, so in dependency order; deletes wait for the end of the run.
 */
export class Ledger {
  readonly #handlers: ResourceHandlers;
  #left: Left = { entries: new Map(), outlived: [] };

  constructor(handlers: ResourceHandlers) {
    this.#handlers = handlers;
  }

  begin(): Run {
    return new Run(this.#handlers, this.#left, (left) => {
      this.#left = left;
    });
  }
}

/** One run of the program against the cloud as the run before left it. */
export class Run {
  readonly #handlers: ResourceHandlers;
  readonly #before: Left;
  readonly #keep: (left: Left) => void;
  readonly #seen = new Set<string>();
  readonly #after = new Map<string, Entry>();
  readonly #replaced: Entry[] = [];
  readonly #counts = { created: 0, updated: 0, unchanged: 0 };
  readonly failures: string[] = [];

  constructor(handlers: ResourceHandlers, before: Left, keep: (left: Left) => void) {
    this.#handlers = handlers;
    this.#before = before;
    this.#keep = keep;
  }

  /** @throws Error in the words of the service that refused */
  async register(type: string, name: string, inputs: Properties): Promise<Created> {
    const key = `${type}::${name}`;
    try {
      if (this.#seen.has(key)) throw new Error('two resources have this name');
      this.#seen.add(key);
      const entry = await this.#apply(type, name, inputs, this.#before.entries.get(key));
      this.#after.set(key, entry);
      return entry;
    } catch (error) {
      throw this.#failed(type, name, error);
    }
  }

  async #apply(type: string, name: string, inputs: Properties, present: Entry | undefined): Promise<Entry> {
    const handler = this.#handlers[type];
    if (!handler) throw new Error('the embedded cloud does not know this type of resource');
    const ignored = Object.keys(inputs).filter((input) => !handler.inputs.includes(input));
    if (ignored.length > 0)
      throw new Error(`the embedded cloud does not honour the input ${ignored.join(', ')}`);
    if (present && isDeepStrictEqual(present.inputs, inputs)) {
      this.#counts.unchanged++;
      return present;
    }
    const changed = (input: string): boolean => !isDeepStrictEqual(present?.inputs[input], inputs[input]);
    if (present && !handler.replaceOn.some(changed)) {
      const state = await handler.update(present.id, inputs, present.state);
      this.#counts.updated++;
      return { type, name, inputs, id: present.id, state };
    }
    const created = await handler.create(inputs, name);
    this.#counts.created++;
    if (present) this.#replaced.push(present);
    return { type, name, inputs, ...created };
  }

  /**
   * Ends the run. After a complete one, what it no longer names is deleted, in reverse order of its making. After any
   * other, nothing is: a program that stopped half-way has not said what should go, and may not have let go of what it
   * replaced. What a service refuses to delete is a failure, and is tried again.
   */
  async end(complete: boolean): Promise<Changes> {
    const outlived = [...this.#before.outlived, ...this.#replaced];
    if (!complete) {
      this.#keep({ entries: new Map([...this.#before.entries, ...this.#after]), outlived });
      return { ...this.#counts, deleted: 0 };
    }
    const unnamed = [...this.#before.entries].filter(([key]) => !this.#after.has(key));
    const doomed = [...outlived, ...unnamed.map(([, entry]) => entry)].toReversed();
    const refused: Entry[] = [];
    for (const entry of doomed) {
      try {
        await this.#handlers[entry.type]?.delete(entry.id, entry.state);
      } catch (error) {
        this.#failed(entry.type, entry.name, error);
        refused.push(entry);
      }
    }
    this.#keep({ entries: this.#after, outlived: refused.toReversed() });
    return { ...this.#counts, deleted: doomed.length - refused.length };
  }

  #failed(type: string, name: string, cause: unknown): Error {
    const message = `${name} (${type}): ${cause instanceof Error ? cause.message : String(cause)}`;
    this.failures.push(message);
    return new Error(message, { cause });
  }
}
