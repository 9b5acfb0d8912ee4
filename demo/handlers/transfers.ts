import { RequestProblem, type AllowedCall, type Answer, type Handler } from '../../authz/backend/index.ts';
import { created, list, ok, show } from '../answers.ts';
import { subjectOf } from '../audit-trail.ts';
import { checks, oneOf, readBody } from '../body.ts';
import { type Condition, insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { transfer } = tables;
const statusCheck = oneOf('PENDING_APPROVAL', 'APPROVED', 'SENT', 'CANCELLED');

export const transfers: Readonly<Record<string, Handler>> = {
  listTransfers: list(transfer, inState),
  getTransfer: show(transfer),
  createTransfer,
  approveTransfer: moved('PENDING_APPROVAL', 'APPROVED'),
  cancelTransfer: moved('PENDING_APPROVAL', 'CANCELLED'),
};

function inState({ query }: AllowedCall): readonly Condition[] {
  const status = query['status']?.[0];
  if (status === undefined) return [];
  if (!statusCheck.accepts(status)) throw new RequestProblem(400, `'status' is not ${statusCheck.what}`);
  return [['status', '=', status]];
}

async function createTransfer(call: AllowedCall): Promise<Answer> {
  const { id, amount, currency, reference } = checks;
  const values = readBody(
    call.body,
    { accountId: id, payeeId: id, amount, currency },
    { quoteId: id, reference },
  );
  return created(await insertRow(call.database, transfer, { ...values, createdBy: subjectOf(call) }));
}

function moved(from: string, to: string): Handler {
  return async ({ database, id, resource }) => {
    const status = resource?.attributes['status'];
    if (status !== from) throw new RequestProblem(409, `the transfer is ${String(status)}`);
    return ok(await updateRow(database, transfer, id, { status: to }));
  };
}
