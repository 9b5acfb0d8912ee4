import { readFileSync } from 'node:fs';

/** The service behind a package, as IAM calls it. */
const SERVICES: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'lib-dynamodb': 'dynamodb',
  'client-verifiedpermissions': 'verifiedpermissions',
  'client-sqs': 'sqs',
  'client-secrets-manager': 'secretsmanager',
};
/** The document client's names that are not the operation's own. */
const OF_DOCUMENTS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
};
/** Operations without an action of their own. */
const GRANTED_AS: Readonly<Record<string, string>> = {
  // "include the permission verifiedpermissions:GetPolicy" (API Reference, BatchGetPolicy).
  'verifiedpermissions:BatchGetPolicy': 'verifiedpermissions:GetPolicy',
};

/**
 * The actions that a bundle's code asks for: of each module of ours in it (esbuild names them in comments), the AWS
 * commands and paginators that it imports and that are still used there.
 */
export function callsIn(bundle: string, repository: URL): Set<string> {
  const parts = bundle.split(/^\s*\/\/ ((?:authz|cedar|dsl)\/\S+\.ts)$/m);
  const calls = new Set<string>();
  for (let at = 1; at < parts.length; at += 2) {
    // What follows in the bundle may belong to a package: a name of it counts only if our module imports it.
    const source = readFileSync(new URL(parts[at]!, repository), 'utf8');
    for (const [name, action] of importedActions(source))
      if (new RegExp(String.raw`\b${name}\b`).test(parts[at + 1]!)) calls.add(action);
  }
  return calls;
}

/** The same of modules as they are written. */
export const callsOf = (sources: readonly string[], repository: URL): Set<string> =>
  new Set(
    sources.flatMap((file) =>
      importedActions(readFileSync(new URL(file, repository), 'utf8')).map(([, action]) => action),
    ),
  );

function importedActions(source: string): [string, string][] {
  return [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g)].flatMap(
    ([, names = '', from = '']) =>
      names.split(',').flatMap((name): [string, string][] => {
        const [, paginated, command] = /^(?:paginate(\w+)|(\w+)Command)$/.exec(name.trim()) ?? [];
        const operation = paginated ?? command;
        if (operation === undefined) return [];
        const action = `${SERVICES[from] ?? from}:${OF_DOCUMENTS[operation] ?? operation}`;
        return [[name.trim(), GRANTED_AS[action] ?? action]];
      }),
  );
}
