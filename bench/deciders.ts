import type { Question } from '../authz/decide/decider.ts';
import { embedded } from '../authz/decide/embedded.ts';
import { actionEntity } from '../cedar/closure.ts';
import { type AuthorizationRequest, preparePolicies } from '../cedar/engine.ts';
import { type Cedar, withEngine } from '../cedar/wasm.ts';
import { grants, model, question } from './grants.ts';
import { type Effort, type Measured, median, sideBySide, type Subject, timed } from './samples.ts';
import { compared, COMPARISON, number, type Row, type Table } from './table.ts';

/** Fewer rounds where one of the ways takes 30 or 300 ms. */
const ROUNDS = {
  full: { rounds: (policies: number) => (policies < 1_000 ? 500 : policies < 10_000 ? 100 : 20), warmUp: 5 },
  quick: { rounds: () => 3, warmUp: 1 },
};
const COUNTS = { full: [10, 100, 1_000, 10_000], quick: [10, 100, 1_000] };

/** The same question, put to the same policies in three ways that Cedar's engine offers. */
export async function deciders(effort: Effort): Promise<Table> {
  const { rounds, warmUp } = ROUNDS[effort];
  const rows: Row[] = [];
  const medians: { readonly count: number; readonly measured: readonly Measured[] }[] = [];
  for (const count of COUNTS[effort]) {
    const { cold, subjects } = await ways(count);
    const measured = await sideBySide(subjects, { rounds: rounds(count), warmUp });
    const first = { what: '  the first way, before anything is parsed', samples: [cold] };
    medians.push({ count, measured });
    rows.push([`${count} policies`], ...compared([...measured, first]));
  }
  rows.push(['1,000 policies more'], ...slopes(medians));
  return {
    title: 'One decision in the process, by the number of policies, milliseconds',
    columns: COMPARISON,
    rows,
    note:
      'The first way is the embedded decider of authorizers and backends; the third is isAuthorized of ' +
      '@cedar-policy/cedar-wasm with the policies as one text, its faster form. The last rows are the slope between ' +
      'the fewest and the most policies; 0.000 is no more than noise.',
  };
}

/** How much longer a decision takes for 1,000 policies more, by the medians. */
function slopes(
  medians: readonly { readonly count: number; readonly measured: readonly Measured[] }[],
): readonly Row[] {
  const [first, last] = [medians[0], medians.at(-1)];
  if (!first || !last) return [];
  return first.measured.map(({ what, samples }, way): Row => {
    const more = median(last.measured[way]?.samples ?? []) - median(samples);
    return [what, '', number((Math.max(0, more) / (last.count - first.count)) * 1_000)];
  });
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
