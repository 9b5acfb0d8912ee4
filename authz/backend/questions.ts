import { ENDPOINT_TYPE } from '../../cedar/model.ts';
import { principalIdOf } from '../decide/question.ts';
import { referAs } from '../identity/principal.ts';
import type { Refusal } from '../respond/reasons.ts';
import { suppliedContext } from './context-facts.ts';
import { decide } from './decide.ts';
import type { Call } from './handler.ts';
import type { Kit } from './options.ts';
import { findResource, type FoundResource, isResourceId, type ResourceRef } from './resources.ts';
import type { TenantDatabase } from './tenant-transaction.ts';

/**
 * May the caller do this, on that? `action` is an operation or a domain action. The resource of an operation that has
 * none of its own is its `Endpoint`, whose id is the action's name.
 */
export interface PermissionQuestion {
  readonly action: string;
  readonly resource: ResourceRef;
}

/**
 * Answers questions about the rows of one tenant. One about something that makes no sense or is incomplete is answered
 * with no, as the call would be; one about a row that is not among the tenant's is left open: undefined.
 * @param known what is answered already
 */
export async function answerQuestions(
  kit: Kit,
  call: Call,
  place: TenantDatabase,
  questions: readonly PermissionQuestion[],
  known: readonly (boolean | undefined)[] = [],
): Promise<readonly (boolean | undefined)[]> {
  const load = loadedOnce(kit, call, place);
  const answers: (boolean | undefined)[] = [];
  // One after another: they share the transaction's one connection.
  for (const [at, question] of questions.entries())
    answers.push(known[at] ?? (await answerQuestion(kit, call, place, question, load)));
  return answers;
}

type Load = (question: PermissionQuestion) => Promise<FoundResource | Refusal>;

async function answerQuestion(
  kit: Kit,
  call: Call,
  place: TenantDatabase,
  question: PermissionQuestion,
  load: Load,
): Promise<boolean | undefined> {
  if (!makesSense(kit, question)) return false;
  const { action: name, resource } = question;
  const found = await load(question);
  if (!found.ok) return found.reason === 'RESOURCE_NOT_VISIBLE' ? undefined : false;
  const refer = referAs(kit.model, call.identity.row.slug);
  const about = {
    ...place,
    principalId: principalIdOf(call.identity),
    id: resource.id,
    resource: found.resource,
    body: undefined,
    query: {},
  };
  const supplied = await suppliedContext(kit, name, about, refer);
  if (!supplied.ok) return false;
  const matter = { name, resource: found.entity, own: false, supplied: supplied.context };
  return (await decide(kit, call, matter)).ok;
}

/** One row a batch: asked thirty times about the same one, a difference in time would be thirty times as plain. */
function loadedOnce(kit: Kit, { identity }: Call, place: TenantDatabase): Load {
  const loaded = new Map<string, FoundResource | Refusal>();
  return async ({ action, resource }) => {
    const key = JSON.stringify([resource.type === ENDPOINT_TYPE && action, resource.type, resource.id]);
    const found = loaded.get(key) ?? (await findResource(kit, identity, place, action, resource));
    loaded.set(key, found);
    return found;
  };
}

/** Decides about a row that was not found as if it had been, and forgets the answer. */
export async function standIn(kit: Kit, call: Call, question: PermissionQuestion): Promise<void> {
  if (!makesSense(kit, question)) return;
  const { type, id } = question.resource;
  const uid = referAs(kit.model, call.identity.row.slug)(type, id);
  const resource = { uid, attrs: {}, parents: [] };
  await decide(kit, call, { name: question.action, resource, own: false, supplied: {} });
}

/** By the API document alone: nothing of it is a secret. */
function makesSense({ model: { actions } }: Kit, { action: name, resource }: PermissionQuestion): boolean {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action?.resources.includes(resource.type)) return false;
  return resource.type === ENDPOINT_TYPE || isResourceId(resource.id);
}
