import { ENDPOINT_TYPE } from '../../cedar/model.ts';
import type { BackendOptions } from './backend.ts';
import { decide } from './decide.ts';
import type { Call } from './handler.ts';
import { RequestProblem } from './http.ts';
import { findResource, isResourceId, type ResourceRef } from './resources.ts';
import type { TenantDatabase } from './tenant-transaction.ts';

/**
 * May the caller do this, on that? `action` is an operation or a domain action. The resource of an operation that has
 * none of its own is its `Endpoint`, whose id is the action's name.
 */
export interface PermissionQuestion {
  readonly action: string;
  readonly resource: ResourceRef;
}

/** As many as Verified Permissions takes in one batch. */
const MAX_QUESTIONS = 30;

/**
 * Answers a UI by the policies that will answer the call itself. A question about something unknown, invisible or
 * incomplete is answered with no: the same as the call would be.
 */
export const permissionsOf =
  (options: BackendOptions, call: Call, place: TenantDatabase) =>
  async (questions: readonly PermissionQuestion[]): Promise<readonly boolean[]> => {
    if (questions.length > MAX_QUESTIONS)
      throw new RequestProblem(400, `more than ${MAX_QUESTIONS} questions`);
    const answers: boolean[] = [];
    // One after another: they share the transaction's one connection.
    for (const question of questions) answers.push(await allowed(options, call, place, question));
    return answers;
  };

async function allowed(
  options: BackendOptions,
  call: Call,
  place: TenantDatabase,
  { action: name, resource }: PermissionQuestion,
): Promise<boolean> {
  const { actions } = options.model;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action?.resources.includes(resource.type)) return false;
  if (resource.type !== ENDPOINT_TYPE && !isResourceId(resource.id)) return false;
  const found = await findResource(options, call.identity, place, name, resource);
  return found.ok && (await decide(options, call, name, found.entity, false)).ok;
}
