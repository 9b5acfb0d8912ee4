import type { Handler } from '../../authz/backend/index.ts';
import { created, show } from '../answers.ts';
import { checks, readBody } from '../body.ts';
import { insertRow } from '../rows.ts';
import { tables } from '../tables.ts';

const { quote } = tables;
const { id: customerId, currency, amount } = checks;
const VALID_MS = 5 * 60_000;

export const quotes: Readonly<Record<string, Handler>> = {
  getQuote: show(quote),
  createQuote: async ({ database, body }) => {
    const wanted = readBody(body, { customerId, sourceCurrency: currency, targetCurrency: currency, amount });
    const expiresAt = new Date(Date.now() + VALID_MS);
    return created(await insertRow(database, quote, { ...wanted, rate: rateOf(wanted), expiresAt }));
  },
};

/** No market behind it: a figure that is the same for the same pair. */
function rateOf({ sourceCurrency, targetCurrency }: Readonly<Record<string, unknown>>): string {
  const weight = (code: unknown): number =>
    Buffer.from(String(code)).reduce((sum, letter) => sum + letter, 0);
  return (weight(sourceCurrency) / weight(targetCurrency)).toFixed(4);
}
