import { isDeepStrictEqual } from 'node:util';
import type { Created, Properties, ResourceHandlers } from './resource.ts';

interface Entry extends Created {
  readonly type: string;
  readonly inputs: Properties;
}

export interface Changes {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/**
 * What the program has registered so far, and the one place that compares a run with the one before.
 * Creates and updates happen as they are registered, so in dependency order; deletes wait for the end of the run.
 */
export class Ledger {
  readonly #handlers: ResourceHandlers;
  #entries = new Map<string, Entry>();

  constructor(handlers: ResourceHandlers) {
    this.#handlers = handlers;
  }

  begin(): Run {
    return new Run(this.#handlers, this.#entries, (entries) => {
      this.#entries = entries;
    });
  }
}

/** One run of the program against the cloud as the run before left it. */
export class Run {
  readonly #handlers: ResourceHandlers;
  readonly #before: ReadonlyMap<string, Entry>;
  readonly #keep: (entries: Map<string, Entry>) => void;
  readonly #after = new Map<string, Entry>();
  /** Left over by replacements. */
  readonly #replaced: Entry[] = [];
  readonly #counts = { created: 0, updated: 0, unchanged: 0 };
  readonly failures: string[] = [];

  constructor(
    handlers: ResourceHandlers,
    before: ReadonlyMap<string, Entry>,
    keep: (entries: Map<string, Entry>) => void,
  ) {
    this.#handlers = handlers;
    this.#before = before;
    this.#keep = keep;
  }

  /** @throws Error in the words of the service that refused */
  async register(type: string, name: string, inputs: Properties): Promise<Created> {
    const key = `${type}::${name}`;
    try {
      const entry = await this.#apply(type, name, inputs, this.#before.get(key));
      this.#after.set(key, entry);
      return entry;
    } catch (error) {
      const message = `${name} (${type}): ${error instanceof Error ? error.message : String(error)}`;
      this.failures.push(message);
      throw new Error(message, { cause: error });
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
      this.#counts.updated++;
      return { type, inputs, id: present.id, state: await handler.update(present.id, inputs, present.state) };
    }
    if (present) this.#replaced.push(present);
    this.#counts.created++;
    return { type, inputs, ...(await handler.create(inputs, name)) };
  }

  /**
   * Ends the run. After a complete one, what it no longer names is deleted, in reverse order of its making. After any
   * other, nothing is: a program that stopped half-way has not said what should go.
   */
  async end(complete: boolean): Promise<Changes> {
    const gone = complete
      ? [...this.#before].filter(([key]) => !this.#after.has(key)).map(([, entry]) => entry)
      : [];
    for (const entry of [...this.#replaced, ...gone].toReversed()) {
      await this.#handlers[entry.type]?.delete(entry.id, entry.state);
    }
    this.#keep(complete ? this.#after : new Map([...this.#before, ...this.#after]));
    return { ...this.#counts, deleted: gone.length + this.#replaced.length };
  }
}
