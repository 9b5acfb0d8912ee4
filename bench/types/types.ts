import type { Effort } from '../samples.ts';
import { syntheticProject } from '../synthetic/project.ts';
import { number, type Row, type Table } from '../table.ts';
import { type Budget, BY_SIZE, BY_TENANTS, SMALL } from './budgets.ts';
import { type Compiler, COMPILERS, typeCost } from './instantiations.ts';

const VERSIONS: Readonly<Record<Compiler, string>> = { typescript: '6', typescript7: '7' };
const NOTE =
  'Thousands of instantiations: the same on every machine, so a budget is held to them. Policies: of 20 a tenant 12 ' +
  'name one action, 5 three, 2 a group of actions, and one the type of the principal.';

/**
 * What the types of policies cost both compilers.
 * @throws Error at the end when a budget was exceeded, so that CI fails
 */
export async function* types(effort: Effort): AsyncGenerator<Table> {
  const over: string[] = [];
  const tables: readonly (readonly [title: string, budgets: readonly Budget[]])[] =
    effort === 'quick'
      ? [['Types of a small project', SMALL.slice(0, 1)]]
      : [
          ['Types of 50 tenants with 1,000 policies, by the size of the API', BY_SIZE],
          ['Types at 1,000 operations, by tenants and what each adds', BY_TENANTS],
        ];
  for (const [title, budgets] of tables) {
    const rows: Row[] = [];
    for (const budget of budgets) rows.push(...(await rowsOf(budget, over)));
    yield {
      title,
      columns: ['TypeScript', 'instantiations', 'budget', 'seconds', 'MB'],
      rows,
      note: NOTE,
    };
  }
  if (over.length > 0) throw new Error(`more than the budget of bench/types/budgets.ts:\n${over.join('\n')}`);
}

async function rowsOf(budget: Budget, over: string[]): Promise<Row[]> {
  const { actions, tenants, additions, instantiations } = budget;
  const project = await syntheticProject(budget);
  try {
    const rows: Row[] = [];
    for (const compiler of COMPILERS) {
      const cost = await typeCost(compiler, project.root);
      const most = instantiations[compiler];
      const what = `${actions} operations, ${tenants} tenants${additions === 'nothing' ? '' : `, ${additions}`}`;
      if (cost.instantiations > most)
        over.push(`${what}: ${cost.instantiations} with ${compiler}, not ${most}`);
      rows.push([
        compiler === COMPILERS[0] ? what : '',
        VERSIONS[compiler],
        number(cost.instantiations / 1_000),
        number(most / 1_000),
        number(cost.totalSeconds),
        cost.megabytes.toFixed(0),
      ]);
    }
    return rows;
  } finally {
    await project.close();
  }
}
