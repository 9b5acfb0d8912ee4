import { resourceEntity } from './resources.ts';
import { referAs } from '../identity/principal.ts';
import type { BackendOptions } from './backend.ts';
import { decide } from './decide.ts';
import type { Call } from './handler.ts';
import { RequestProblem } from './http.ts';
import type { Database } from './tenant-transaction.ts';

/** May the caller do this, on that? `action` is an operation or a domain action. */
export interface PermissionQuestion {
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
}

/** As many as Verified Permissions takes in one batch. */
const MAX_QUESTIONS = 30;

/**
 * Answers a UI by the policies that will answer the call itself. A question about something unknown, invisible or
 * incomplete is answered with no: the same as the call would be.
 */
export const permissionsOf =
  (options: BackendOptions, { identity, facts }: Call, database: Database) =>
  async (questions: readonly PermissionQuestion[]): Promise<readonly boolean[]> => {
    if (questions.length > MAX_QUESTIONS)
      throw new RequestProblem(400, `more than ${MAX_QUESTIONS} questions`);
    const answers: boolean[] = [];
    // One after another: they share the transaction's one connection.
    for (const question of questions)
      answers.push(await allowed(options, identity, facts, database, question));
    return answers;
  };

async function allowed(
  options: BackendOptions,
  identity: Call['identity'],
  facts: Call['facts'],
  database: Database,
  { action: name, resource: { type, id } }: PermissionQuestion,
): Promise<boolean> {
  const { model, resources } = options;
  const action = Object.hasOwn(model.actions, name) ? model.actions[name] : undefined;
  if (!action?.resources.includes(type) || !Object.hasOwn(resources, type)) return false;
  const resource = await resources[type]?.(database, id);
  const entity = resource && resourceEntity(model, type, id, resource, referAs(model, identity.row.slug));
  if (!entity) return false;
  const { ok } = await decide(options, identity, name, action, entity, facts, false);
  return ok;
}
