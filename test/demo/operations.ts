/** A request that makes sense, for each operation of the API document, of a user of acme. */
export interface Example {
  readonly id?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const reason = { headers: { 'x-reason': 'a test' } };

export const examples: Readonly<Record<string, Example>> = {
  askPermissions: {
    body: {
      questions: [{ action: 'ViewTransferButton', resource: { type: 'Account', id: 'acc-acme-business' } }],
    },
  },
  listCustomers: { query: '?limit=1' },
  createCustomer: { body: { name: 'New Ltd', country: 'GB' } },
  getCustomer: { id: 'cus-acme' },
  updateCustomer: { id: 'cus-acme', body: { name: 'Acme Tools SE' } },
  suspendCustomer: { id: 'cus-acme', ...reason },
  listCustomerUsers: { id: 'cus-acme' },
  createCustomerUser: {
    id: 'cus-acme',
    body: { name: 'Nora', email: 'nora@acme.example', roles: ['PAYEES'] },
  },
  getCustomerUser: { id: '42' },
  putCustomerUser: { id: '42', body: { status: 'LOCKED' } },
  deleteCustomerUser: { id: '43' },
  listPayees: {},
  createPayee: {
    body: {
      customerId: 'cus-acme',
      name: 'Nantes Voiles',
      country: 'FR',
      currency: 'EUR',
      iban: 'FR1420041010050500013M02606',
    },
  },
  getPayee: { id: 'pay-acme-1' },
  putPayee: { id: 'pay-acme-1', body: { name: 'Lisbon Parts SA' } },
  deletePayee: { id: 'pay-acme-2' },
  listAccounts: {},
  openAccount: { body: { customerId: 'cus-acme', accountType: 'BUSINESS', currency: 'CHF' } },
  getAccount: { id: 'acc-acme-business' },
  freezeAccount: { id: 'acc-acme-personal', ...reason },
  listStatements: { id: 'acc-acme-business' },
  getStatement: { id: 'sta-acme-2026-01' },
  listTransfers: { query: '?status=PENDING_APPROVAL' },
  createTransfer: {
    body: {
      accountId: 'acc-acme-business',
      payeeId: 'pay-acme-1',
      quoteId: 'quo-acme-1',
      amount: 100,
      currency: 'EUR',
      reference: 'Invoice 1',
    },
  },
  getTransfer: { id: 'tra-acme-1' },
  approveTransfer: { id: 'tra-acme-1' },
  cancelTransfer: { id: 'tra-acme-2' },
  getQuote: { id: 'quo-acme-1' },
  createQuote: { body: { customerId: 'cus-acme', sourceCurrency: 'EUR', targetCurrency: 'JPY', amount: 5 } },
  listReports: {},
  getReport: { id: 'rep-acme-volumes', query: '?format=pdf' },
  createReport: { body: { reportType: 'FEES' } },
  listAuditEvents: {},
  getAuditEvent: { id: 'aud-acme-1' },
  exportAuditEvents: { body: { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }, ...reason },
};
