import { RequestProblem, type AllowedCall, type Answer, type Handler } from '../../authz/backend/index.ts';
import { created, list, ok, show } from '../answers.ts';
import { checks, readBody } from '../body.ts';
import { findRow, insertRow, updateRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { payee, transfer } = tables;

export const transfers: Readonly<Record<string, Handler>> = {
  listTransfers: list(transfer),
  getTransfer: show(transfer),
  createTransfer,
  approveTransfer: moved('PENDING_APPROVAL', 'APPROVED'),
  cancelTransfer: moved('PENDING_APPROVAL', 'CANCELLED'),
};

async function createTransfer({ database, body, principalId }: AllowedCall): Promise<Answer> {
  const { id, amount, currency, reference } = checks;
  const values = readBody(body, { accountId: id, payeeId: id, amount, currency }, { quoteId: id, reference });
  if (!(await findRow(database, payee, String(values['payeeId']))))
    throw new RequestProblem(400, "'payeeId' is no payee");
  // The subject without its tenant, which the row has already.
  const createdBy = principalId.slice(principalId.indexOf('|') + 1);
  return created(await insertRow(database, transfer, { ...values, createdBy }));
}

function moved(from: string, to: string): Handler {
  return async ({ database, id, resource }) => {
    const status = resource?.attributes['status'];
    if (status !== from) throw new RequestProblem(409, `the transfer is ${String(status)}`);
    return ok(await updateRow(database, transfer, id, { status: to }));
  };
}
