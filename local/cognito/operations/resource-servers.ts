import { jsonList, text, type Json } from '../../aws/input.ts';
import { invalidParameter, notFound } from '../errors.ts';
import { refuseOthers } from '../fields.ts';
import { page } from '../paging.ts';
import type { ResourceServer, UserPool } from '../pool.ts';
import { findPool, type State } from '../state.ts';
import type { Operations } from './operations.ts';

const PARAMETERS = ['UserPoolId', 'Identifier', 'Name', 'Scopes'];
/** API Reference, CreateResourceServer. */
const IDENTIFIER = /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/;
const NAME = /^[\w\s+=,.@-]{1,256}$/;
const SCOPE = /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/;
const MAX_SCOPES = 100;

/** What tokens of a pool may be meant for, beside the pool itself. */
export function resourceServerOperations(state: State): Operations {
  return {
    CreateResourceServer(input) {
      refuseOthers(input, PARAMETERS);
      const pool = findPool(state, input);
      const identifier = text(input, 'Identifier');
      if (!IDENTIFIER.test(identifier)) throw invalidParameter('Invalid Identifier');
      if (pool.resourceServers.has(identifier))
        throw invalidParameter(`${identifier} already exists in user pool ${pool.id}.`);
      const server = { identifier, sequence: state.nextSequence(), ...readSettings(input) };
      pool.resourceServers.set(identifier, server);
      return { ResourceServer: described(pool, server) };
    },
    DescribeResourceServer(input) {
      const pool = findPool(state, input);
      return { ResourceServer: described(pool, findServer(pool, input)) };
    },
    UpdateResourceServer(input) {
      refuseOthers(input, PARAMETERS);
      const pool = findPool(state, input);
      const { identifier, sequence } = findServer(pool, input);
      const server = { identifier, sequence, ...readSettings(input) };
      pool.resourceServers.set(identifier, server);
      return { ResourceServer: described(pool, server) };
    },
    ListResourceServers(input) {
      const pool = findPool(state, input);
      const names = { limit: 'MaxResults', token: 'NextToken' };
      const list = `resource servers/${pool.id}`;
      const { entries, nextToken } = page(list, pool.resourceServers.values(), input, names);
      return { ResourceServers: entries.map((server) => described(pool, server)), NextToken: nextToken };
    },
    DeleteResourceServer(input) {
      const pool = findPool(state, input);
      pool.resourceServers.delete(findServer(pool, input).identifier);
      return {};
    },
  };
}

/** As clients and tokens name them. */
export const scopesOf = ({ resourceServers }: UserPool): readonly string[] =>
  [...resourceServers.values()].flatMap(({ identifier, scopes }) =>
    [...scopes.keys()].map((name) => `${identifier}/${name}`),
  );

function findServer({ resourceServers }: UserPool, input: Json): ResourceServer {
  const identifier = text(input, 'Identifier');
  const server = resourceServers.get(identifier);
  if (!server) throw notFound(`Resource server ${identifier} does not exist.`);
  return server;
}

function readSettings(input: Json): Pick<ResourceServer, 'name' | 'scopes'> {
  const name = text(input, 'Name');
  if (!NAME.test(name)) throw invalidParameter('Invalid Name');
  const list = jsonList(input, 'Scopes');
  if (list.length > MAX_SCOPES) throw invalidParameter(`Scopes: at most ${MAX_SCOPES}`);
  const scopes = new Map(
    list.map((scope) => {
      refuseOthers(scope, ['ScopeName', 'ScopeDescription'], 'Scopes.');
      const scopeName = text(scope, 'ScopeName');
      if (!SCOPE.test(scopeName)) throw invalidParameter('Invalid ScopeName');
      return [scopeName, text(scope, 'ScopeDescription')] as const;
    }),
  );
  if (scopes.size < list.length) throw invalidParameter('Scopes: a name is given twice');
  return { name, scopes };
}

const described = (pool: UserPool, { identifier, name, scopes }: ResourceServer): Json => ({
  UserPoolId: pool.id,
  Identifier: identifier,
  Name: name,
  Scopes: [...scopes].map(([ScopeName, ScopeDescription]) => ({ ScopeName, ScopeDescription })),
});
