import { CLI } from '../../test/pulumi/cli.ts';
import { startTestStack } from '../../test/pulumi/stack.ts';
import { type Effort, median, quantile, type Samples, timed } from '../samples.ts';
import { number, type Row, type Table } from '../table.ts';
import { imports } from './imports.ts';

const ROUNDS = { full: 7, quick: 1 };

/** What a deployment costs that changes nothing: what the program loads, and all of it under the genuine engine. */
export async function* up(effort: Effort): AsyncGenerator<Table> {
  yield await imports(effort);
  if (CLI === undefined) {
    yield table([], 'Not measured: there is no Pulumi CLI here — npm run pulumi:build');
    return;
  }
  yield await unchanged(ROUNDS[effort]);
}

const table = (rows: readonly Row[], note: string): Table => ({
  title: 'A stack that is as it should be, under the engine, seconds',
  columns: ['n', 'p50', 'p90'],
  rows,
  note,
});

async function unchanged(rounds: number): Promise<Table> {
  const stack = await startTestStack();
  try {
    const engine = await stack.engine('dev');
    const deploy = async (...options: readonly string[]): Promise<number> => {
      const { code, said, unchanged: resources } = await engine.up(...options);
      if (code !== 0) throw new Error(said);
      return resources;
    };
    await deploy();
    const whole: number[] = [];
    const unrefreshed: number[] = [];
    let resources = 0;
    for (let round = 0; round < rounds; round += 1) {
      whole.push(await timed(async () => (resources = await deploy())));
      unrefreshed.push(await timed(() => deploy('--refresh=false')));
    }
    return table(
      [row('pulumi up', whole), row('pulumi up --refresh=false', unrefreshed)],
      `${resources} resources, the embedded cloud behind its provider, state in a file, no preview. From the start of ` +
        'the CLI to its end: types are checked and functions bundled each time.',
    );
  } finally {
    await stack.close();
  }
}

const row = (what: string, samples: Samples): Row => [
  what,
  String(samples.length),
  number(median(samples) / 1000),
  number(quantile(samples, 0.9) / 1000),
];
