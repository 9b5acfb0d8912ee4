import type { Table } from './rows.ts';

const table = (
  name: string,
  idPrefix: string,
  order: string,
  columns: Readonly<Record<string, string>>,
): Table => ({
  name: `payments.${name}`,
  idPrefix,
  order,
  columns: { id: 'id', ...columns },
});

export const tables = {
  customer: table('customer', 'cus', 'name', {
    name: 'name',
    status: 'status',
    country: 'country',
    segments: 'segments',
    createdAt: 'created_at',
    riskRating: 'risk_rating',
  }),
  customerUser: table('customer_user', 'usr', 'name', {
    customerId: 'customer_id',
    name: 'name',
    email: 'email',
    status: 'status',
    roles: 'roles',
  }),
  payee: table('payee', 'pay', 'name', {
    customerId: 'customer_id',
    name: 'name',
    country: 'country',
    currency: 'currency',
    iban: 'iban',
    verified: 'verified',
  }),
  account: table('account', 'acc', 'id', {
    customerId: 'customer_id',
    accountType: 'account_type',
    status: 'status',
    currency: 'currency',
    balance: 'balance',
    overdraftLimit: 'overdraft_limit',
  }),
  transfer: table('transfer', 'tra', 'created_at desc', {
    accountId: 'account_id',
    payeeId: 'payee_id',
    status: 'status',
    amount: 'amount',
    currency: 'currency',
    createdBy: 'created_by',
    createdAt: 'created_at',
    quoteId: 'quote_id',
    reference: 'reference',
  }),
  quote: table('quote', 'quo', 'expires_at desc', {
    customerId: 'customer_id',
    sourceCurrency: 'source_currency',
    targetCurrency: 'target_currency',
    amount: 'amount',
    rate: 'rate',
    expiresAt: 'expires_at',
  }),
  statement: table('statement', 'sta', 'month desc', {
    accountId: 'account_id',
    month: 'month',
    opening: 'opening',
    closing: 'closing',
  }),
  report: table('report', 'rep', 'created_at desc', {
    reportType: 'report_type',
    confidential: 'confidential',
    createdAt: 'created_at',
  }),
  auditEvent: table('audit_event', 'aud', 'occurred_at desc', {
    category: 'category',
    severity: 'severity',
    occurredAt: 'occurred_at',
    actor: 'actor',
    summary: 'summary',
  }),
} as const;
