import type { Policy } from '../../cedar/ast.ts';
import { asking } from '../../dsl/analyze/ask.ts';
import { applicable, type Environment, environmentsOf } from '../../dsl/analyze/environments.ts';
import { alone } from '../../dsl/analyze/lint/subject.ts';
import { openSolver } from '../../dsl/analyze/solver/solver.ts';
import type { Oracle, Premise } from '../../dsl/analyze/verdict.ts';
import { type Effort, median, p99 } from '../samples.ts';
import { number, type Row, type Table } from '../table.ts';
import { type Sample, sampleOf } from './policies.ts';

const SETS = { full: [20, 100, 300], quick: [20] } as const;
const QUESTIONS = { full: 100, quick: 4 } as const;
/** The solver's own code is compiled while it is first used. */
const WARM_UP = { full: 30, quick: 1 } as const;

/** Questions about all requests of one kind, by the size of the set of policies. */
export async function* analyze(effort: Effort): AsyncGenerator<Table> {
  const solver = await openSolver();
  if (!solver) throw new Error('z3-solver is not installed');
  try {
    yield await table(solver, effort);
  } finally {
    await solver.close();
  }
}

async function table(solver: Oracle, effort: Effort): Promise<Table> {
  let asked = 0;
  const counted: Oracle = {
    find: (question) => {
      asked += 1;
      return solver.find(question);
    },
  };
  const oracle = asking(counted);
  const rows: Row[] = [];
  for (const size of SETS[effort]) {
    const sample = sampleOf(size);
    for (const [what, premisesOf] of Object.entries(KINDS)) {
      const samples: number[] = [];
      asked = 0;
      for (let index = -WARM_UP[effort]; index < QUESTIONS[effort]; index += 1) {
        if (index === 0) asked = 0;
        const [policy, environment] = pick(sample, Math.abs(index));
        const premises = premisesOf(sample, policy);
        const began = performance.now();
        await oracle.find({ schema: sample.schema, environment, premises, semantics: 'enforced' });
        if (index >= 0) samples.push(performance.now() - began);
      }
      const share = String(Math.round((100 * asked) / samples.length));
      rows.push([`${size} policies: ${what}`, number(median(samples)), number(p99(samples)), share]);
    }
  }
  return {
    title: 'One question about all requests of a kind',
    columns: ['p50 ms', 'p99 ms', 'solver %'],
    rows,
    note:
      'Each is about one action, principal type and resource type, of an API of 20 actions. Solver: the share of the ' +
      'questions that the scopes do not answer by themselves, for nothing.',
  };
}

/** A policy and a kind of request that it has to do with, in turn. */
function pick({ policies, schema }: Sample, index: number): [Policy, Environment] {
  const policy = policies[(index * 13) % policies.length]!;
  const environments = environmentsOf(schema).filter((each) => applicable([policy], each, schema).length > 0);
  return [policy, environments[index % environments.length]!];
}

type PremisesOf = (sample: Sample, policy: Policy) => readonly Premise[];

const KINDS: Readonly<Record<string, PremisesOf>> = {
  'does a policy decide anything': ({ policies }, policy) => {
    const permits = policy.effect === 'permit';
    const others = policies.filter((other) => other !== policy);
    return [
      { policies, decision: permits ? 'allow' : 'deny' },
      { policies: others, decision: permits ? 'deny' : 'allow' },
    ];
  },
  'what does an edit open': ({ policies }, policy) => [
    { policies, decision: 'deny' },
    { policies: policies.map((each) => (each === policy ? edited(each) : each)), decision: 'allow' },
  ],
  'are tenants apart': ({ policies, read }) => [
    { policies, decision: 'allow' },
    {
      policies: [
        alone(read('permit(principal, action, resource) unless { principal.tenant == resource.tenant };')),
      ],
      decision: 'allow',
    },
  ],
};

/** Without its last condition. */
const edited = (policy: Policy): Policy => ({ ...policy, clauses: policy.clauses.slice(0, -1) });
