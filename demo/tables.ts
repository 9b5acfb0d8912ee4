import type { Table } from './rows.ts';

const table = (name: string, idPrefix: string, columns: Readonly<Record<string, string>>): Table => ({
  name: `payments.${name}`,
  idPrefix,
  columns: { id: 'id', ...columns },
});

export const tables = {
  customer: table('customer', 'cus', {
    name: 'name',
    status: 'status',
    country: 'country',
    segments: 'segments',
    createdAt: 'created_at',
    riskRating: 'risk_rating',
  }),
  customerUser: table('customer_user', 'usr', {
    customerId: 'customer_id',
    name: 'name',
    email: 'email',
    status: 'status',
    roles: 'roles',
  }),
  payee: table('payee', 'pay', {
    customerId: 'customer_id',
    name: 'name',
    country: 'country',
    currency: 'currency',
    iban: 'iban',
    verified: 'verified',
  }),
  account: table('account', 'acc', {
    customerId: 'customer_id',
    accountType: 'account_type',
    status: 'status',
    currency: 'currency',
    balance: 'balance',
    overdraftLimit: 'overdraft_limit',
  }),
  transfer: table('transfer', 'tra', {
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
  quote: table('quote', 'quo', {
    customerId: 'customer_id',
    sourceCurrency: 'source_currency',
    targetCurrency: 'target_currency',
    amount: 'amount',
    rate: 'rate',
    expiresAt: 'expires_at',
  }),
  statement: table('statement', 'sta', {
    accountId: 'account_id',
    month: 'month',
    opening: 'opening',
    closing: 'closing',
  }),
  report: table('report', 'rep', {
    reportType: 'report_type',
    confidential: 'confidential',
    createdAt: 'created_at',
  }),
  auditEvent: table('audit_event', 'aud', {
    category: 'category',
    severity: 'severity',
    occurredAt: 'occurred_at',
    actor: 'actor',
    summary: 'summary',
  }),
} as const;
