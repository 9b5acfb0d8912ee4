import { ask, PermissionsUnavailable, type Question } from './ask.ts';
import { type ActionsShape, ENDPOINT_TYPE, type EntityRef, type ResourceOf } from './vocabulary.ts';

export interface PermissionsOptions {
  /** Of the operation that the service answers with the kit: `https://api.example.com/permissions`. */
  readonly url: string;
  /** The user's access token, as it is now. */
  readonly token: () => string | Promise<string>;
}

type Arguments<
  Actions extends { [A in keyof Actions]: ActionsShape[string] },
  Action extends keyof Actions,
> = Actions[Action]['resource'] extends typeof ENDPOINT_TYPE ? [] : [resource: ResourceOf<Actions, Action>];

export interface Permissions<Actions extends { [A in keyof Actions]: ActionsShape[string] }> {
  /**
   * May the user do this, on that? What does not exist, is somebody else's or is denied is a no: they look the same.
   * An operation without a resource of its own takes none.
   * @throws PermissionsUnavailable when nobody could say
   */
  readonly can: <Action extends keyof Actions & string>(
    action: Action,
    ...resource: Arguments<Actions, Action>
  ) => Promise<boolean>;
}

/** As many as the service takes at once. */
const BATCH = 30;

interface Waiting {
  readonly question: Question;
  readonly asked: {
    readonly resolve: (answer: boolean) => void;
    readonly reject: (reason: unknown) => void;
  }[];
}

/**
 * Asks a service what its user may do: `createPermissions<Actions>({ url, token })`, with `Actions` from the generated
 * vocabulary, then `await can('EditBook', book)`. Whatever is asked in one go, as by the parts of a page that are
 * rendered together, goes out as one request of at most 30 questions, each once. Nothing is remembered: the next time
 * the answer may be another.
 */
export function createPermissions<Actions extends { [A in keyof Actions]: ActionsShape[string] }>({
  url,
  token,
}: PermissionsOptions): Permissions<Actions> {
  let waiting = new Map<string, Waiting>();

  async function answer(batch: readonly Waiting[], bearer: Promise<string>): Promise<void> {
    try {
      const answers = await ask(
        url,
        await bearer,
        batch.map(({ question }) => question),
      );
      for (const [at, { asked }] of batch.entries())
        for (const { resolve } of asked) resolve(answers[at] === true);
    } catch (error) {
      for (const { reject } of batch.flatMap(({ asked }) => asked)) reject(error);
    }
  }

  function flush(): void {
    const all = [...waiting.values()];
    waiting = new Map();
    const bearer = current(token);
    for (let at = 0; at < all.length; at += BATCH) void answer(all.slice(at, at + BATCH), bearer);
  }

  function put(question: Question): Promise<boolean> {
    const key = JSON.stringify(question);
    const known = waiting.get(key) ?? { question, asked: [] };
    if (waiting.size === 0) queueMicrotask(flush);
    waiting.set(key, known);
    return new Promise((resolve, reject) => known.asked.push({ resolve, reject }));
  }

  return {
    can(action, ...[resource = { type: ENDPOINT_TYPE, id: action }]: readonly EntityRef[]) {
      return put({ action, resource: { type: resource.type, id: resource.id } });
    },
  };
}

async function current(token: PermissionsOptions['token']): Promise<string> {
  try {
    return await token();
  } catch (error) {
    throw new PermissionsUnavailable(undefined, error);
  }
}
