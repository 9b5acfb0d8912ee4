import type { Handler } from '../../authz/backend/index.ts';
import { created, list, show } from '../answers.ts';
import { checks, oneOf, readBody } from '../body.ts';
import { insertRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { report } = tables;
const reportType = oneOf('VOLUMES', 'FEES', 'EXPOSURE');

export const reports: Readonly<Record<string, Handler>> = {
  listReports: list(report),
  getReport: show(report),
  createReport: async ({ database, body }) =>
    created(await insertRow(database, report, readBody(body, { reportType }, { confidential: checks.flag }))),
};
