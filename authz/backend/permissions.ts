import { principalIdOf } from '../decide/question.ts';
import { referAs } from '../identity/principal.ts';
import { isObject } from '../item-shape.ts';
import { type Refusal } from '../respond/reasons.ts';
import { decide, learnAnswer } from './decide.ts';
import type { Call } from './handler.ts';
import { type Answer, RequestProblem } from './http.ts';
import type { Kit } from './options.ts';
import { answerQuestions, type PermissionQuestion, standIn } from './questions.ts';
import { endpointEntity } from './resources.ts';
import { inTenant, type InOneOf, ofTenant } from './tenant-transaction.ts';

/** As many as Verified Permissions takes in one batch. */
const MAX_QUESTIONS = 30;

/**
 * Answers a UI by the policies that will answer the call itself, for whoever calls `permissions` in a handler: among
 * the rows that the handler works on.
 */
export const permissionsOf =
  (kit: Kit, call: Call, inOneOf: InOneOf, tenants: readonly string[]) =>
  (questions: readonly PermissionQuestion[]): Promise<readonly boolean[]> =>
    answersAbout(kit, call, questions, inOneOf, tenants);

/**
 * The kit's own answer to `{ questions: [{ action, resource: { type, id } }] }`: `{ answers: [true, …] }`, in their
 * order. A caller who reaches several tenants is answered about the rows of all of them, each in its own transaction.
 */
export async function answerPermissions(kit: Kit, call: Call): Promise<Answer | Refusal> {
  const { match, identity, learnt, body } = call;
  const { slug, dataTenants } = identity.row;
  learnt.resource = match.action;
  const resource = endpointEntity(match.action, match.route, referAs(kit.model, slug));
  const decision = await decide(kit, call, { name: match.action, resource, own: true, supplied: {} });
  learnAnswer(learnt, decision);
  if (!decision.ok) return decision;
  learnt.decision = 'allow';
  const questions = readQuestions(body);
  const inOneOf: InOneOf = (tenant, ask) =>
    inTenant(kit.database, tenant, (database) => ask(ofTenant(tenant, database)));
  return {
    status: 200,
    body: { answers: await answersAbout(kit, call, questions, inOneOf, dataTenants) },
  };
}

/** About rows of several tenants: each question is answered where its row is. */
async function answersAbout(
  kit: Kit,
  call: Call,
  questions: readonly PermissionQuestion[],
  inOneOf: InOneOf,
  tenants: readonly string[],
): Promise<readonly boolean[]> {
  admit(kit, call, questions);
  let answers: readonly (boolean | undefined)[] = questions.map(() => undefined);
  for (const tenant of tenants) {
    const open = answers;
    answers = await inOneOf(tenant, (place) => answerQuestions(kit, call, place, questions, open));
  }
  return closed(kit, call, questions, answers);
}

/**
 * Bounds what one batch and one principal may ask. 10 batches a second make 300 questions, each with a row to load:
 * more than any page shows, and as many as a small database answers beside its work.
 * @throws RequestProblem 400 or 429
 */
function admit({ batches }: Kit, { identity }: Call, questions: readonly unknown[]): void {
  if (questions.length > MAX_QUESTIONS) throw new RequestProblem(400, `more than ${MAX_QUESTIONS} questions`);
  const wait = batches(principalIdOf(identity));
  if (wait > 0)
    throw new RequestProblem(429, 'too many questions', { 'retry-after': String(Math.ceil(wait / 1_000)) });
}

/** What nobody could see is no; it takes a decision all the same, so that absence does not answer sooner than a deny. */
async function closed(
  kit: Kit,
  call: Call,
  questions: readonly PermissionQuestion[],
  answers: readonly (boolean | undefined)[],
): Promise<readonly boolean[]> {
  for (const [at, question] of questions.entries())
    if (answers[at] === undefined) await standIn(kit, call, question);
  return answers.map((answer) => answer === true);
}

/**
 * Action, type and id and nothing else: attributes that a client could give would be facts that a client made up.
 * @throws RequestProblem 400
 */
function readQuestions(body: unknown): readonly PermissionQuestion[] {
  const questions: unknown = isObject(body) && hasOnly(body, ['questions']) ? body['questions'] : undefined;
  if (Array.isArray(questions) && questions.every(isQuestion)) return questions;
  throw new RequestProblem(400, 'the body is not { questions: [{ action, resource: { type, id } }] }');
}

function isQuestion(value: unknown): value is PermissionQuestion {
  if (!isObject(value) || !hasOnly(value, ['action', 'resource'])) return false;
  const { action, resource } = value;
  if (!isObject(resource) || !hasOnly(resource, ['type', 'id'])) return false;
  return [action, resource['type'], resource['id']].every((text) => typeof text === 'string');
}

const hasOnly = (value: object, names: readonly string[]): boolean =>
  Object.keys(value).every((name) => names.includes(name));
