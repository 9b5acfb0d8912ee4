import { RequestProblem, type Handler, type PermissionQuestion } from '../../authz/backend/index.ts';
import { ok } from '../answers.ts';

export const permissions: Readonly<Record<string, Handler>> = {
  askPermissions: async ({ body, permissions: ask }) => ok({ answers: await ask(readQuestions(body)) }),
};

function readQuestions(body: unknown): readonly PermissionQuestion[] {
  const { questions } = (body ?? {}) as { questions?: unknown };
  if (!Array.isArray(questions) || !questions.every(isQuestion)) {
    throw new RequestProblem(400, "'questions' is not a list of { action, resource: { type, id } }");
  }
  return questions;
}

function isQuestion(value: unknown): value is PermissionQuestion {
  const { action, resource } = (value ?? {}) as Record<string, unknown>;
  const { type, id } = (resource ?? {}) as Record<string, unknown>;
  return [action, type, id].every((text) => typeof text === 'string');
}
