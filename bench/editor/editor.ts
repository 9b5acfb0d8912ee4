import path from 'node:path';
import { type Effort, type Measured, median, p99, type Samples, timed } from '../samples.ts';
import { type SyntheticProject, syntheticProject } from '../synthetic/project.ts';
import { number, type Row, type Table } from '../table.ts';
import { languageServer } from './language-server.ts';
import type { EditorSession, Position } from './session.ts';
import { tsserver } from './tsserver.ts';

const PROJECT = {
  full: { actions: 1_000, tenants: 50, additions: 'groups' },
  quick: { actions: 20, tenants: 2, additions: 'groups' },
} as const;
const ROUNDS = { full: 60, quick: 3 };
const SESSIONS = [
  ['TypeScript 6 (tsserver)', tsserver],
  ['TypeScript 7 (tsc --lsp)', languageServer],
] as const;

/** What somebody who types in a tenant file waits for. */
export async function* editor(effort: Effort): AsyncGenerator<Table> {
  const { actions, tenants } = PROJECT[effort];
  const project = await syntheticProject(PROJECT[effort]);
  try {
    const rows: Row[] = [];
    for (const [name, session] of SESSIONS) {
      const opened = session();
      try {
        rows.push([name], ...(await waits(opened, project, ROUNDS[effort])).map(row));
      } finally {
        opened.close();
      }
    }
    yield {
      title: `In the editor: one of ${tenants} tenant files of 20 policies, ${actions} operations, milliseconds`,
      columns: ['n', 'p50', 'p99'],
      rows,
      note: 'An edit breaks the name of an action or mends it, in turn; the diagnostics of the file must tell.',
    };
  } finally {
    await project.close();
  }
}

const row = ({ what, samples }: Measured): Row => [
  `  ${what}`,
  String(samples.length),
  number(median(samples)),
  number(p99(samples)),
];

async function waits(
  session: EditorSession,
  project: SyntheticProject,
  rounds: number,
): Promise<readonly Measured[]> {
  const [[name, text] = ['', '']] = project.files;
  const opened = await timed(() => session.open(path.join(project.root, 'tenants', name), text));
  const inName = placeOf(text, ".action('");
  const original = text.split('\n')[inName.line - 1]![inName.column - 1]!;
  const attribute = placeOf(text, 'resource.owner.');
  if ((await session.mistakes()) > 0) throw new Error('the project has mistakes of its own');
  const edits = await repeated(rounds, async (round) => {
    const breaks = round % 2 === 0;
    session.overwrite(inName, breaks ? '~' : original);
    if ((await session.mistakes()) > 0 !== breaks) throw new Error('the mistake was not told');
  });
  /** Asked while typing: each time the file is a new one to the compiler, though its text is the same. */
  const afterEdit = (at: Position, expected: string): Promise<Samples> =>
    repeated(rounds, async () => {
      session.overwrite(inName, original);
      const names = await session.completions(at);
      if (!names.includes(expected)) throw new Error(`${expected} is not among what is offered`);
    });
  const actions = await afterEdit(inName, Object.keys(project.model.actions)[0]!);
  const members = await afterEdit(attribute, 'department');
  return [
    { what: 'open to first diagnostics', samples: [opened] },
    { what: 'edit to diagnostics', samples: edits },
    { what: `completions inside the name of an action`, samples: actions },
    { what: 'completions of attributes', samples: members },
  ];
}

/** Behind the first such text. */
function placeOf(text: string, what: string): Position {
  const before = text.slice(0, text.indexOf(what) + what.length).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

async function repeated(times: number, work: (round: number) => Promise<void>): Promise<Samples> {
  const samples: number[] = [];
  for (let round = 0; round < times; round += 1) samples.push(await timed(() => work(round)));
  return samples;
}
