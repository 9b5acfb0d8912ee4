import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TYPESCRIPT } from '../../local/typescript/loader.ts';
import { type Effort, median } from '../samples.ts';
import { type ProjectArgs, syntheticProject } from '../synthetic/project.ts';
import { number, type Row, type Table } from '../table.ts';
import type { CompileArgs, Compiled } from './messages.ts';

const PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url));
const ACTIONS = 100;
const PROJECTS: Readonly<Record<Effort, readonly Omit<ProjectArgs, 'actions'>[]>> = {
  full: [
    { tenants: 1_000, additions: 'nothing' },
    { tenants: 100, additions: 'attributes' },
  ],
  quick: [{ tenants: 4, additions: 'attributes' }],
};
const EDITS = { full: 15, quick: 2 };

/** From tenant files to validated Cedar, beside what the engine alone needs for the same text. */
export async function* compile(effort: Effort): AsyncGenerator<Table> {
  for (const project of PROJECTS[effort]) {
    const compiled = await compiledProject({ ...project, actions: ACTIONS }, EDITS[effort]);
    yield whole(compiled);
    yield again(compiled);
  }
}

const what = ({ tenants, schemas }: Compiled): string =>
  `${tenants} tenants x 20 policies, ${schemas === 1 ? 'one schema' : `${schemas} schemas`}`;

function whole(compiled: Compiled): Table {
  const { cold, megabytes, engineStored, engineGateway, policies } = compiled;
  const engine = engineStored + engineGateway;
  const row = (name: string, milliseconds: number, more = ''): Row => [
    name,
    number(milliseconds / 1_000),
    number(cold / milliseconds),
    more,
  ];
  return {
    title: `From source to validated Cedar: ${what(compiled)}`,
    columns: ['seconds', 'ratio', 'MB'],
    rows: [
      row('all of it', cold, megabytes.toFixed(0)),
      row('the engine alone: what is stored', engineStored),
      row("the engine alone: and the gateway's part of it", engine),
    ],
    note:
      `With guardrails ${policies} policies, an API of ${ACTIONS} operations. Types are not checked here (npm run ` +
      'bench -- types). Ratio: how often the time of the row goes into that of the first. The engine alone parses ' +
      'each schema once and validates every text; what is compiled here shares the answers for equal ones.',
  };
}

function again(compiled: Compiled): Table {
  const { tenants, unchanged, onePolicy, allPolicies, engineTenant } = compiled;
  const unit = median(engineTenant);
  const row = (name: string, milliseconds: number): Row => [
    name,
    number(milliseconds),
    number(milliseconds / unit),
  ];
  return {
    title: `One tenant when all are loaded again: ${what(compiled)}`,
    columns: ['milliseconds', 'ratio'],
    rows: [
      row('unchanged', median(unchanged) / tenants),
      row('one policy has changed', median(onePolicy)),
      row('all 20 policies have changed', median(allPolicies)),
      row('the engine alone: one call of validate', unit),
    ],
    note: 'Medians. Of a changed tenant: what it adds to the time of all.',
  };
}

async function compiledProject(args: ProjectArgs, edits: number): Promise<Compiled> {
  const project = await syntheticProject(args);
  try {
    const model = path.join(project.root, 'dsl/generated/model.json');
    return await measured({ root: project.root, model, edits });
  } finally {
    await project.close();
  }
}

/** @throws Error when the process ends before it has an answer; why, it has said on standard error */
const measured = (args: CompileArgs): Promise<Compiled> =>
  new Promise((resolve, reject) => {
    const child = fork(PROCESS, [], { execArgv: [...TYPESCRIPT] });
    child.once('message', (compiled: Compiled) => resolve(compiled));
    child.once('exit', () => reject(new Error('the compilation ended without an answer')));
    child.send(args);
  });
