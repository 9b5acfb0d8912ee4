import { RequestProblem, type Handler, type PermissionQuestion } from '../../authz/backend/index.ts';
import { ok } from '../answers.ts';
import { isObject } from '../body.ts';

export const permissions: Readonly<Record<string, Handler>> = {
  askPermissions: async ({ body, permissions: ask }) => ok({ answers: await ask(readQuestions(body)) }),
};

function readQuestions(body: unknown): readonly PermissionQuestion[] {
  const questions: unknown = isObject(body) ? body['questions'] : undefined;
  if (!Array.isArray(questions) || !questions.every(isQuestion)) {
    throw new RequestProblem(400, "'questions' is not a list of { action, resource: { type, id } }");
  }
  return questions;
}

function isQuestion(value: unknown): value is PermissionQuestion {
  if (!isObject(value) || !isObject(value['resource'])) return false;
  const { type, id } = value['resource'];
  return [value['action'], type, id].every((text) => typeof text === 'string');
}
