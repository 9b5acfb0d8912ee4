import type { Question } from '../authz/decide/decider.ts';
import { embedded } from '../authz/decide/embedded.ts';
import { actionEntity } from '../cedar/closure.ts';
import { type AuthorizationRequest, preparePolicies } from '../cedar/engine.ts';
import { type Cedar, withEngine } from '../cedar/wasm.ts';
import { grants, model, question } from './grants.ts';
import { type Effort, sideBySide, type Subject, timed } from './samples.ts';
import { compared, COMPARISON, type Row, type Table } from './table.ts';

/** Fewer rounds where one of the ways takes 30 ms. */
const ROUNDS = {
  full: { rounds: (policies: number) => (policies < 1_000 ? 500 : 100), warmUp: 20 },
  quick: { rounds: () => 3, warmUp: 1 },
};

/** The same question, put to the same policies in three ways that Cedar's engine offers. */
export async function deciders(effort: Effort): Promise<Table> {
  const { rounds, warmUp } = ROUNDS[effort];
  const rows: Row[] = [];
  for (const count of [10, 100, 1_000]) {
    const { cold, subjects } = await ways(count);
    const measured = await sideBySide(subjects, { rounds: rounds(count), warmUp });
    const first = { what: '  the first way, before anything is parsed', samples: [cold] };
    rows.push([`${count} policies`], ...compared([...measured, first]));
  }
  return {
    title: 'One decision in the process, by the number of policies, milliseconds',
    columns: COMPARISON,
    rows,
    note:
      'The first way is the embedded decider of authorizers and backends; the third is isAuthorized of ' +
      '@cedar-policy/cedar-wasm with the policies as one text, its faster form.',
  };
}

async function ways(
  count: number,
): Promise<{ readonly cold: number; readonly subjects: readonly Subject[] }> {
  const asked = question(count);
  const request = requestOf(asked);
  const snapshot = { version: '1', policies: grants(count) };
  const decider = embedded({ model, phase: 'backend', snapshots: async () => snapshot });
  const sliced = async (): Promise<void> => allowed((await decider.decide(asked)).decision);
  const cold = await timed(sliced);
  const texts = snapshot.policies.map(({ id, statement }) => ({ id, text: statement }));
  const whole = preparePolicies(`all ${count}`, texts);
  const call = callOf(request, texts.map(({ text }) => text).join('\n'));
  return {
    cold,
    subjects: [
      { what: '  parsed once, those that can matter', work: sliced },
      {
        what: '  parsed once, all of them',
        work: async () => allowed(whole.authorize(request).decision),
      },
      { what: '  as text with each call', work: async () => allowed(isAuthorized(call)) },
    ],
  };
}

function requestOf({ principal, action, resource, context, entities }: Question): AuthorizationRequest {
  return { principal, action, resource, context, entities: [...entities, actionEntity(model, action)] };
}

type Call = Parameters<Cedar['isAuthorized']>[0];

/** The package's types ask for mutable arguments. */
function callOf(request: AuthorizationRequest, text: string): Call {
  const call: Call = JSON.parse(JSON.stringify({ ...request, policies: { staticPolicies: text } }));
  return call;
}

function isAuthorized(call: Call): string {
  const answer = withEngine((cedar) => cedar.isAuthorized(call));
  return answer.type === 'success' ? answer.response.decision : answer.type;
}

/** Ways that answer differently would not be worth comparing. */
function allowed(decision: string): void {
  if (decision !== 'allow') throw new Error(`the question was answered ${decision}`);
}
