import type { Plan } from '../plan.ts';

/** `backend/main.ts`: answers everything that was allowed. */
export const backendFile = (): string => `/**
 * The service behind the gateway: it answers every operation that was allowed with what it was asked. Put your own
 * handlers in place of \`echo\`, and your own data in place of \`rows\`, one by one.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createBackend, fromEnvironment, type Handler, type Model, type ResourceLoader } from 'cedarwright/backend';
import { rows } from './rows.ts';

const file = new URL('../dsl/generated/model.json', import.meta.url);
const model: Model = JSON.parse(readFileSync(file, 'utf8'));
const routes = Object.values(model.actions).flatMap(({ route }) => (route ? [route] : []));

const echo =
  (operation: string): Handler =>
  async ({ tenant, principalId, id }) => ({ status: 200, body: { operation, tenant, principalId, id } });

/** Finds a resource among the tenant's. The policies decide on the attributes that it gives. */
const loader =
  (type: string): ResourceLoader =>
  async (_database, id, tenant) => {
    const attributes = rows[type]?.[id];
    return attributes && { tenant, attributes };
  };

const listener = await createBackend({
  ...fromEnvironment(model),
  resources: Object.fromEntries(Object.keys(model.entityTypes).map((type) => [type, loader(type)])),
  handlers: Object.fromEntries(routes.map(({ key, method, path }) => [key, echo(\`\${method} \${path}\`)])),
  // For operations whose resource is named in the body alone: read its id from there.
  locate: Object.fromEntries(routes.map(({ key }) => [key, () => '1'])),
  publicHandlers: Object.fromEntries(
    model.publicRoutes.map(({ method, path }) => [\`\${method} \${path}\`, async () => ({ status: 200, body: {} })]),
  ),
});

createServer(listener).listen(Number(process.env['PORT']), '127.0.0.1');
`;

/** `backend/rows.ts`: a row of each type that policies decide about. */
export const rowsFile = ({
  rows,
}: Plan): string => `/** Data to begin with, the same for every tenant: entity type, id, attributes. */
export const rows: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> =
  ${JSON.stringify(rows)};
`;
