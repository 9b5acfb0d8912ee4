// Written by `npm run schema` from ../../api/openapi.yaml; do not edit.
import type { Added, Bool, Datetime, Decimal, Entity, Ip, Long, Optional, SchemaFamily, SchemaShape, SetOf, Str } from '../policy/types.ts';

// X: what a tenant adds. Only attributes that refer to entities take it.

/** Money of one customer in one currency. */
export type AccountAttrs = {
  readonly accountType: Str;
  /** Minor units of the currency beside it. */
  readonly balance: Long;
  /** ISO 4217. */
  readonly currency: Str;
  /** How far below zero the balance may go, in minor units; no overdraft without one. */
  readonly overdraftLimit: Optional<Long, 'overdraftLimit'>;
  readonly status: Str;
  readonly tenant: Str;
};

/** Something that was done, by whom and when. */
export type AuditEventAttrs = {
  readonly category: Str;
  readonly occurredAt: Datetime;
  /** 0 is routine, 9 an emergency. */
  readonly severity: Long;
  readonly tenant: Str;
};

/** A company or private person who holds accounts. */
export type CustomerAttrs = {
  /** ISO 3166-1 alpha-2. */
  readonly country: Str;
  readonly createdAt: Datetime;
  /** Set once compliance has looked at the customer. */
  readonly riskRating: Optional<Str, 'riskRating'>;
  /** What the customer is to us. */
  readonly segments: SetOf<Str>;
  readonly status: Str;
  readonly tenant: Str;
};

/** A person who acts for a customer. */
export type CustomerUserAttrs<in out X> = {
  /** The customer that the person acts for. */
  readonly customerId: Entity<Schema<X>, 'Customer'>;
  /** What the person may do for the customer. */
  readonly roles: SetOf<Str>;
  readonly status: Str;
  readonly tenant: Str;
};

/** Works for the platform itself and signs in with the company's identity provider. */
export type EmployeeAttrs = {
  readonly department: Str;
  readonly kind: Str;
  /** Seniority, from 0. */
  readonly level: Long;
  /** ISO 3166 codes of the countries whose customers the employee looks after. */
  readonly regions: Optional<SetOf<Str>, 'regions'>;
  readonly suspended: Bool;
  readonly tenant: Str;
};

/** The operation itself, where it names no other resource. */
export type EndpointAttrs = {
  readonly method: Str;
  readonly path: Str;
};

/** Somebody whom a customer pays. */
export type PayeeAttrs = {
  /** ISO 3166-1 alpha-2. */
  readonly country: Str;
  /** ISO 4217. */
  readonly currency: Str;
  readonly tenant: Str;
  /** The account number belongs to the name. */
  readonly verified: Bool;
};

/** An exchange rate that holds for a short time. */
export type QuoteAttrs = {
  readonly expiresAt: Datetime;
  /** What one unit of the source currency buys, with up to four decimals. */
  readonly rate: Decimal;
  /** ISO 4217. */
  readonly sourceCurrency: Str;
  /** ISO 4217. */
  readonly targetCurrency: Str;
  readonly tenant: Str;
};

/** Figures over many accounts. */
export type ReportAttrs = {
  /** It names single customers. */
  readonly confidential: Bool;
  readonly reportType: Str;
  readonly tenant: Str;
};

/** Another system, with credentials of its own and no person behind it. */
export type ServiceAttrs = {
  /** Operation ids in the partner's contract. */
  readonly allowedOperations: SetOf<Str>;
  readonly kind: Str;
  /** Requests a second that its tier allows in the long run. */
  readonly rateLimit: Long;
  /** Groups of operations that it asked this token for. */
  readonly scopes: SetOf<Str>;
  /** Its name at the platform, which outlives its credentials. */
  readonly serviceId: Str;
  readonly suspended: Bool;
  readonly tenant: Str;
  /** The partner contract that sets its limits. */
  readonly tier: Str;
};

/** The movements of an account in one month. */
export type StatementAttrs = {
  readonly month: Str;
  readonly tenant: Str;
};

/** Money on its way from an account to a payee. */
export type TransferAttrs<in out X> = {
  /** Minor units of the currency beside it. */
  readonly amount: Long;
  readonly createdAt: Datetime;
  /** Who started it, and so may not approve it. */
  readonly createdBy: Entity<Schema<X>, 'User'>;
  /** ISO 4217. */
  readonly currency: Str;
  readonly status: Str;
  readonly tenant: Str;
};

/** Signs in to a customer's application, or to that of a company on the platform. */
export type UserAttrs = {
  /** The highest amount that the user may approve, in minor units. */
  readonly approvalLimit: Optional<Long, 'approvalLimit'>;
  /** The part of the company that the user works in. */
  readonly department: Optional<Str, 'department'>;
  readonly kind: Str;
  /** What the user does for the customer. */
  readonly role: Str;
  readonly suspended: Bool;
  readonly tenant: Str;
};

export type Entities<X> = {
  Account: AccountAttrs;
  AuditEvent: AuditEventAttrs;
  Customer: CustomerAttrs;
  CustomerUser: CustomerUserAttrs<X>;
  Employee: EmployeeAttrs;
  Endpoint: EndpointAttrs;
  Payee: PayeeAttrs;
  Quote: QuoteAttrs;
  Report: ReportAttrs;
  Service: ServiceAttrs;
  Statement: StatementAttrs;
  Transfer: TransferAttrs<X>;
  User: UserAttrs;
  Group: {};
};

export type Parents = {
  Employee: 'Group';
  Service: 'Group';
  User: 'Group';
  Account: 'Customer';
  AuditEvent: never;
  Customer: never;
  CustomerUser: 'Customer';
  Endpoint: never;
  Payee: 'Customer';
  Quote: 'Customer';
  Report: never;
  Statement: 'Account';
  Transfer: 'Account';
  Group: never;
};

export interface GetReportContext {
  /** How the report is wanted; left out for the screen. */
  readonly format: Optional<Str, 'format'>;
}

export interface UpdateCustomerContext {
  /** Names of the properties that the request changes; none where a screen asks beforehand. */
  readonly changes: SetOf<Str>;
}

export interface FreezeAccountContext {
  /** Why it is done; goes into the audit log. */
  readonly reason: Str;
}

export interface ExportAuditEventsContext {
  /** Why it is done; goes into the audit log. */
  readonly reason: Str;
  readonly sourceIp: Ip;
}

export interface ApproveTransferContext {
  readonly at: Datetime;
  readonly sourceIp: Ip;
}

export interface CancelTransferContext {
  /** Why it is cancelled. */
  readonly reason: Optional<Str, 'reason'>;
}

export type Contexts = {
  '': {};
  GetReportContext: GetReportContext;
  UpdateCustomerContext: UpdateCustomerContext;
  FreezeAccountContext: FreezeAccountContext;
  ExportAuditEventsContext: ExportAuditEventsContext;
  ApproveTransferContext: ApproveTransferContext;
  CancelTransferContext: CancelTransferContext;
};

export type Actions = {
  /** Remove one user of a customer. */
  'DELETE /customer/user/{id}': { principal: 'Employee' | 'User'; resource: 'CustomerUser'; context: '' };
  /** Remove a payee. */
  'DELETE /payees/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Payee'; context: '' };
  /** List accounts. */
  'GET /accounts': { principal: 'Employee' | 'Service' | 'User'; resource: 'Endpoint'; context: '' };
  /** Read an account. */
  'GET /accounts/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Account'; context: '' };
  /** List the statements of an account. */
  'GET /accounts/{id}/statements': { principal: 'Employee' | 'Service' | 'User'; resource: 'Account'; context: '' };
  /** List what was done. */
  'GET /audit/events': { principal: 'Employee' | 'User'; resource: 'Endpoint'; context: '' };
  /** Read one event. */
  'GET /audit/events/{id}': { principal: 'Employee' | 'User'; resource: 'AuditEvent'; context: '' };
  /** Read one user of a customer. */
  'GET /customer/user/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'CustomerUser'; context: '' };
  /** List customers. */
  'GET /customers': { principal: 'Employee' | 'User'; resource: 'Endpoint'; context: '' };
  /** Read a customer. */
  'GET /customers/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Customer'; context: '' };
  /** List the users of a customer. */
  'GET /customers/{id}/users': { principal: 'Employee' | 'Service' | 'User'; resource: 'Customer'; context: '' };
  /** List payees. */
  'GET /payees': { principal: 'Employee' | 'Service' | 'User'; resource: 'Endpoint'; context: '' };
  /** Read a payee. */
  'GET /payees/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Payee'; context: '' };
  /** Read a quote. */
  'GET /quotes/{id}': { principal: 'Service' | 'User'; resource: 'Quote'; context: '' };
  /** List reports. */
  'GET /reports': { principal: 'Employee' | 'Service' | 'User'; resource: 'Endpoint'; context: '' };
  /** Read a report. */
  'GET /reports/{id}': { principal: 'Employee' | 'User'; resource: 'Report'; context: 'GetReportContext' };
  /** Read a statement. */
  'GET /statements/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Statement'; context: '' };
  /** List transfers. */
  'GET /transfers': { principal: 'Employee' | 'Service' | 'User'; resource: 'Endpoint'; context: '' };
  /** Read a transfer. */
  'GET /transfers/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Transfer'; context: '' };
  /** Change a customer's data. */
  'PATCH /customers/{id}': { principal: 'Employee' | 'User'; resource: 'Customer'; context: 'UpdateCustomerContext' };
  /** Open an account. */
  'POST /accounts': { principal: 'Employee' | 'User'; resource: 'Customer'; context: '' };
  /** Stop all transfers from an account. */
  'POST /accounts/{id}/freeze': { principal: 'Employee' | 'Service' | 'User'; resource: 'Account'; context: 'FreezeAccountContext' };
  /** Hand out the audit log of a period. */
  'POST /audit/exports': { principal: 'Employee' | 'User'; resource: 'Endpoint'; context: 'ExportAuditEventsContext' };
  /** Take on a customer. */
  'POST /customers': { principal: 'Employee' | 'User'; resource: 'Endpoint'; context: '' };
  /** Stop all business with a customer. */
  'POST /customers/{id}/suspend': { principal: 'Employee' | 'User'; resource: 'Customer'; context: 'FreezeAccountContext' };
  /** Add a user to a customer. */
  'POST /customers/{id}/users': { principal: 'Employee' | 'User'; resource: 'Customer'; context: '' };
  /** Add a payee. */
  'POST /payees': { principal: 'Employee' | 'Service' | 'User'; resource: 'Customer'; context: '' };
  /** Ask what the caller may do. */
  'POST /permissions': { principal: 'Employee' | 'Service' | 'User'; resource: 'Endpoint'; context: '' };
  /** Ask for an exchange rate. */
  'POST /quotes': { principal: 'Service' | 'User'; resource: 'Endpoint'; context: '' };
  /** Have a report made. */
  'POST /reports': { principal: 'Employee' | 'User'; resource: 'Endpoint'; context: '' };
  /** Pay from an account. */
  'POST /transfers': { principal: 'User'; resource: 'Account'; context: '' };
  /** Approve a transfer that somebody else started. */
  'POST /transfers/{id}/approve': { principal: 'Service' | 'User'; resource: 'Transfer'; context: 'ApproveTransferContext' };
  /** Cancel a transfer that has not left yet. */
  'POST /transfers/{id}/cancel': { principal: 'Service' | 'User'; resource: 'Transfer'; context: 'CancelTransferContext' };
  /** Change one user of a customer. */
  'PUT /customer/user/{id}': { principal: 'Employee' | 'User'; resource: 'CustomerUser'; context: '' };
  /** Change a payee. */
  'PUT /payees/{id}': { principal: 'Employee' | 'Service' | 'User'; resource: 'Payee'; context: '' };
  /** Show the button that starts a transfer from an account. */
  ViewTransferButton: { principal: 'User'; resource: 'Account'; context: '' };
};

export type ActionGroups = {
  'human-only': { principal: 'Employee' | 'Service' | 'User'; resource: 'Account' | 'Customer' | 'CustomerUser' | 'Endpoint' | 'Transfer'; context: '' | 'ApproveTransferContext' | 'ExportAuditEventsContext' | 'FreezeAccountContext' };
  payments: { principal: 'Service' | 'User'; resource: 'Account' | 'Endpoint' | 'Transfer'; context: '' | 'ApproveTransferContext' | 'CancelTransferContext' };
  read: { principal: 'Employee' | 'Service' | 'User'; resource: 'Account' | 'AuditEvent' | 'Customer' | 'CustomerUser' | 'Endpoint' | 'Payee' | 'Quote' | 'Report' | 'Statement' | 'Transfer'; context: '' | 'ExportAuditEventsContext' | 'GetReportContext' };
  write: { principal: 'Employee' | 'Service' | 'User'; resource: 'Account' | 'Customer' | 'CustomerUser' | 'Endpoint' | 'Payee' | 'Transfer'; context: '' | 'ApproveTransferContext' | 'CancelTransferContext' | 'FreezeAccountContext' | 'UpdateCustomerContext' };
};

export type Groups = {
  /** Administers a customer's users and settings. */
  ADMIN: 'User';
  /** Reads everything and changes nothing. */
  AUDITOR: 'Employee' | 'User';
  /** Partner systems in production. */
  INTEGRATION: 'Service';
  /** Helps customers on the phone. */
  SUPPORT: 'Employee';
};

/** The API's operations: documented, renamed and found by the editor, which strings are not. */
export const op = {
  /** Approve a transfer that somebody else started. */
  approveTransfer: 'POST /transfers/{id}/approve',
  /** Ask what the caller may do. */
  askPermissions: 'POST /permissions',
  /** Cancel a transfer that has not left yet. */
  cancelTransfer: 'POST /transfers/{id}/cancel',
  /** Take on a customer. */
  createCustomer: 'POST /customers',
  /** Add a user to a customer. */
  createCustomerUser: 'POST /customers/{id}/users',
  /** Add a payee. */
  createPayee: 'POST /payees',
  /** Ask for an exchange rate. */
  createQuote: 'POST /quotes',
  /** Have a report made. */
  createReport: 'POST /reports',
  /** Pay from an account. */
  createTransfer: 'POST /transfers',
  /** Remove one user of a customer. */
  deleteCustomerUser: 'DELETE /customer/user/{id}',
  /** Remove a payee. */
  deletePayee: 'DELETE /payees/{id}',
  /** Hand out the audit log of a period. */
  exportAuditEvents: 'POST /audit/exports',
  /** Stop all transfers from an account. */
  freezeAccount: 'POST /accounts/{id}/freeze',
  /** Read an account. */
  getAccount: 'GET /accounts/{id}',
  /** Read one event. */
  getAuditEvent: 'GET /audit/events/{id}',
  /** Read a customer. */
  getCustomer: 'GET /customers/{id}',
  /** Read one user of a customer. */
  getCustomerUser: 'GET /customer/user/{id}',
  /** Read a payee. */
  getPayee: 'GET /payees/{id}',
  /** Read a quote. */
  getQuote: 'GET /quotes/{id}',
  /** Read a report. */
  getReport: 'GET /reports/{id}',
  /** Read a statement. */
  getStatement: 'GET /statements/{id}',
  /** Read a transfer. */
  getTransfer: 'GET /transfers/{id}',
  /** List accounts. */
  listAccounts: 'GET /accounts',
  /** List what was done. */
  listAuditEvents: 'GET /audit/events',
  /** List the users of a customer. */
  listCustomerUsers: 'GET /customers/{id}/users',
  /** List customers. */
  listCustomers: 'GET /customers',
  /** List payees. */
  listPayees: 'GET /payees',
  /** List reports. */
  listReports: 'GET /reports',
  /** List the statements of an account. */
  listStatements: 'GET /accounts/{id}/statements',
  /** List transfers. */
  listTransfers: 'GET /transfers',
  /** Open an account. */
  openAccount: 'POST /accounts',
  /** Change one user of a customer. */
  putCustomerUser: 'PUT /customer/user/{id}',
  /** Change a payee. */
  putPayee: 'PUT /payees/{id}',
  /** Stop all business with a customer. */
  suspendCustomer: 'POST /customers/{id}/suspend',
  /** Change a customer's data. */
  updateCustomer: 'PATCH /customers/{id}',
} as const;

/** The part that no tenant can change: resolved once. */
export interface SchemaNames extends SchemaShape {
  entityName: keyof Parents;
  principalName: 'Employee' | 'Service' | 'User';
  resourceName: 'Account' | 'AuditEvent' | 'Customer' | 'CustomerUser' | 'Endpoint' | 'Payee' | 'Quote' | 'Report' | 'Statement' | 'Transfer';
  actionName: keyof Actions;
  actionGroupName: keyof ActionGroups;
  groupName: keyof Groups;
  groupType: 'Group';
  parents: Parents;
  actions: Actions;
  actionGroups: ActionGroups;
  groups: Groups;
  contexts: Contexts;
  op: typeof op;
}

export interface Schema<in out X = {}> extends SchemaNames { entities: Entities<X> & Added<Schema<X>, X>; extension: X }

/** The schemas of all tenants, whatever each adds. */
export interface Api extends SchemaFamily { readonly schema: Schema<this['added']> }
