import { readFileSync } from 'node:fs';
import type { Table } from './description.ts';

/** What tools/descriptions/condense.ts wrote. */
export const TABLE: Table = JSON.parse(readFileSync(new URL('./services.json', import.meta.url), 'utf8'));
