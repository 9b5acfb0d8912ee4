import { LIMITS, utf8Bytes } from '../../../cedar/limits.ts';
import type { Json } from '../../aws/input.ts';
import { type Answer, decide } from '../decide.ts';
import { type Entity, readEntities } from '../entities.ts';
import { invalid } from '../errors.ts';
import { readObjects } from '../fields.ts';
import { readMatter, readQuestion, type Question } from '../question.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import { checkAdded, principalOf, type TokenPrincipal } from '../token-principal.ts';
import type { VerifiedClaims, VerifyToken } from '../token.ts';
import type { Operations } from './operations.ts';

/** Questions of one batch (API Reference, BatchIsAuthorized). */
const MAX_QUESTIONS = 30;

export function decisionOperations(state: State, verify: VerifyToken): Operations {
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
    async IsAuthorizedWithToken(input) {
      checkSize(input);
      const store = state.find(input);
      const matter = readMatter(input);
      const entities = readEntities(input);
      const verified = await verify(store, input);
      const principal = principalOf(verified);
      return { ...decideAs(store, verified, principal, matter, entities), principal: shown(principal) };
    },
    async BatchIsAuthorizedWithToken(input) {
      checkSize(input);
      const store = state.find(input);
      const requests = readObjects(input, 'requests', MAX_QUESTIONS);
      const matters = requests.map((request, index) => readMatter(request, `requests[${index}].`));
      const entities = readEntities(input);
      const verified = await verify(store, input);
      const principal = principalOf(verified);
      return {
        principal: shown(principal),
        results: matters.map((matter, index) => ({
          request: requests[index],
          ...decideAs(store, verified, principal, matter, entities),
        })),
      };
    },
  };
}

function decideAs(
  store: Store,
  verified: VerifiedClaims,
  principal: TokenPrincipal,
  matter: Omit<Question, 'principal'>,
  entities: readonly Entity[],
): Answer {
  checkAdded(verified, entities, matter.context);
  const context = { ...matter.context, ...principal.context };
  return decide(store, { ...matter, principal: principal.uid, context }, [
    ...principal.entities,
    ...entities,
  ]);
}

const shown = ({ uid }: TokenPrincipal) => ({ entityType: uid.type, entityId: uid.id });

function checkSize(input: Json): void {
  const bytes = utf8Bytes(JSON.stringify(input));
  if (bytes > LIMITS.requestBytes)
    throw invalid('entities', `the request has ${bytes} bytes, at most ${LIMITS.requestBytes} are allowed`);
}

const haveSame = (questions: readonly Question[], part: 'principal' | 'resource'): boolean =>
  new Set(questions.map((question) => JSON.stringify([question[part].type, question[part].id]))).size <= 1;
