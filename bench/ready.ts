import type { OpenCloud } from './cloud/open.ts';
import { number, type Table } from './table.ts';

/** How long it took from nothing to a gateway that serves. */
export const ready = (clouds: readonly Pick<OpenCloud, 'tenants' | 'milliseconds'>[]): Table => ({
  title: 'Time to ready of the embedded cloud, seconds',
  columns: ['seconds'],
  rows: clouds.map(({ tenants, milliseconds }) => [`${tenants} tenants`, number(milliseconds / 1000)]),
  note:
    'From the start of its process until policies are enforced and users can sign in, PostgreSQL and the backend ' +
    'service included. Measured once.',
});
