import { prepareCheck } from '../holds.ts';
import type { Answer, Oracle, Question } from '../verdict.ts';
import { requestFrom, watchesOf } from './answer/concrete.ts';
import { encodeQuestion, type Query } from './query.ts';
import { Unsupported } from './unsupported.ts';
import { loadZ3, type Z3 } from './z3.ts';

/** A solver that answers of all requests, with a proof or with a request. */
export interface Solver extends Oracle {
  readonly solver: string;
  readonly close: () => Promise<void>;
}

/** Undefined where the solver is not installed. To be closed, or the process does not end. */
export async function openSolver(): Promise<Solver | undefined> {
  const z3 = await loadZ3();
  return z3 && solverOver(z3);
}

/** Everything that it finds has been through Cedar's engine. */
export const solverOver = (z3: Z3): Solver => ({
  solver: z3.version,
  close: z3.close,
  find: (question) => find(question, z3),
});

async function find(question: Question, z3: Z3): Promise<Answer> {
  const query = encoded(question);
  if (query instanceof Unsupported)
    return { kind: 'unknown', because: `the proof leaves out ${query.message}` };
  const watches = watchesOf(query);
  const checked = await z3.check(query.script.text(), watches);
  if (checked.kind === 'unsatisfiable') return { kind: 'none', how: { kind: 'proved', by: 'solver' } };
  if (checked.kind === 'unknown') {
    return { kind: 'unknown', because: `the solver gave up (${checked.because})` };
  }
  const values = new Map(watches.map(({ term }, index) => [term, checked.values[index]!]));
  const request = requestFrom(question, query, (term) => values.get(term) ?? term);
  if (prepareCheck(question.premises, question.semantics)(request)) return { kind: 'found', request };
  throw new Error(
    `the solver found a request that Cedar's engine decides otherwise; this is a mistake of cedarwright: ${JSON.stringify({ request, question: { ...question, schema: undefined } }, exact)}`,
  );
}

/** Whatever has no JSON form. */
const exact = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

function encoded(question: Question): Query | Unsupported {
  try {
    return encodeQuestion(question);
  } catch (error) {
    if (error instanceof Unsupported) return error;
    throw error;
  }
}
