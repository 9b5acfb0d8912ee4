/** The service behind the gateway: a plain node server, the backend kit, and one handler an operation. */
import { createServer } from 'node:http';
import { Pool, types } from 'pg';
import { createBackend, fromEnvironment, sessionsInPostgres } from '../authz/backend/index.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { idIn, isObject } from './body.ts';
import { accounts } from './handlers/accounts.ts';
import { audit } from './handlers/audit.ts';
import { customerUsers } from './handlers/customer-users.ts';
import { customers } from './handlers/customers.ts';
import { payees } from './handlers/payees.ts';
import { quotes } from './handlers/quotes.ts';
import { reports } from './handlers/reports.ts';
import { transfers } from './handlers/transfers.ts';
import { resources } from './resources.ts';

// Amounts fit a JavaScript integer up to 90 trillion of a currency with two decimals; pg would make texts of them.
types.setTypeParser(types.builtins.INT8, Number);

const database = new Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  connectionTimeoutMillis: 5_000,
});

const { sockets, ...environment } = fromEnvironment(loadModel());

const listener = await createBackend({
  ...environment,
  ...(sockets && {
    sockets: { ...sockets, sessions: sessionsInPostgres(database, environment.gatewaySecret) },
  }),
  database,
  resources,
  handlers: {
    ...customers,
    ...customerUsers,
    ...payees,
    ...accounts,
    ...transfers,
    ...quotes,
    ...reports,
    ...audit,
  },
  permissionsOperation: 'askPermissions',
  // Policies may allow to change some properties and not others.
  context: {
    updateCustomer: ({ body }) => ({ changes: isObject(body) ? Object.keys(body) : [] }),
  },
  locate: {
    createTransfer: (body) => idIn(body, 'accountId'),
    createPayee: (body) => idIn(body, 'customerId'),
    openAccount: (body) => idIn(body, 'customerId'),
  },
  publicHandlers: { 'GET /health': async () => ({ status: 200, body: { status: 'ok' } }) },
});

createServer(listener).listen(Number(process.env['PORT']), '127.0.0.1');
