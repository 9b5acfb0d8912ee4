import { LIMITS, utf8Bytes } from '../../../cedar/limits.ts';
import type { Json } from '../../aws/input.ts';
import { decide } from '../decide.ts';
import { readEntities } from '../entities.ts';
import { invalid } from '../errors.ts';
import { readObjects } from '../fields.ts';
import { readQuestion, type Question } from '../question.ts';
import type { State } from '../state.ts';
import type { Operations } from './operations.ts';

/** Questions of one batch (API Reference, BatchIsAuthorized). */
const MAX_QUESTIONS = 30;

export function decisionOperations(state: State): Operations {
  return {
    IsAuthorized(input) {
      checkSize(input);
      const store = state.find(input);
      return decide(store, readQuestion(input), readEntities(input));
    },
    BatchIsAuthorized(input) {
      checkSize(input);
      const store = state.find(input);
      const requests = readObjects(input, 'requests', MAX_QUESTIONS);
      const questions = requests.map((request, index) => readQuestion(request, `requests[${index}].`));
      if (!haveSame(questions, 'principal') && !haveSame(questions, 'resource'))
        throw invalid('requests', 'all requests must have the same principal or the same resource');
      const entities = readEntities(input);
      return {
        results: questions.map((question, index) => ({
          request: requests[index],
          ...decide(store, question, entities),
        })),
      };
    },
  };
}

function checkSize(input: Json): void {
  const bytes = utf8Bytes(JSON.stringify(input));
  if (bytes > LIMITS.requestBytes)
    throw invalid('entities', `the request has ${bytes} bytes, at most ${LIMITS.requestBytes} are allowed`);
}

const haveSame = (questions: readonly Question[], part: 'principal' | 'resource'): boolean =>
  new Set(questions.map((question) => JSON.stringify([question[part].type, question[part].id]))).size <= 1;
