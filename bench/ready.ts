import { openCloud, type OpenCloud } from './cloud/open.ts';
import { type Effort, median } from './samples.ts';
import { number, type Row, type Table } from './table.ts';

const MORE_STARTS = { full: 2, quick: 0 };

type Started = Pick<OpenCloud, 'tenants' | 'milliseconds'>;

/**
 * How long it takes from nothing to a gateway that serves.
 * @param clouds the ones that were started anyway; the smallest is started a few times more
 */
export async function ready(clouds: readonly Started[], effort: Effort): Promise<Table> {
  const started = [...clouds];
  const smallest = Math.min(...clouds.map(({ tenants }) => tenants));
  for (let n = 0; n < MORE_STARTS[effort]; n += 1) {
    const cloud = await openCloud(smallest);
    started.push(cloud);
    await cloud.close();
  }
  const sizes = [...new Set(started.map(({ tenants }) => tenants))];
  return {
    title: 'Time to ready of the embedded cloud, seconds',
    columns: ['n', 'median', 'slowest'],
    rows: sizes.map((size): Row => {
      const seconds = started.filter(({ tenants }) => tenants === size).map((one) => one.milliseconds / 1000);
      return [
        `${size} tenants`,
        String(seconds.length),
        number(median(seconds)),
        number(Math.max(...seconds)),
      ];
    }),
    note:
      'From the start of its process until policies are enforced and users can sign in, PostgreSQL and the backend ' +
      'service included.',
  };
}
