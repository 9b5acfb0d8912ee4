import { json, jsonList, text, type Json } from '../aws/input.ts';
import { observed } from '../program/observed.ts';
import { present } from '../program/present.ts';
import type { ResourceHandler } from '../program/resource.ts';

/** What tokens of a pool may be meant for. */
export const resourceServer = (call: (operation: string, input: Json) => Promise<Json>): ResourceHandler => ({
  inputs: ['userPoolId', 'identifier', 'name', 'scopes'],
  replaceOn: ['userPoolId', 'identifier'],
  async create(inputs) {
    await call('CreateResourceServer', settings(inputs));
    return { id: `${text(inputs, 'userPoolId')}|${text(inputs, 'identifier')}`, state: stateOf(inputs) };
  },
  async update(_id, inputs) {
    await call('UpdateResourceServer', settings(inputs));
    return stateOf(inputs);
  },
  async read(_id, inputs, state) {
    const found = await present(call('DescribeResourceServer', keyOf(state)));
    if (!found) return undefined;
    const server = json(found, 'ResourceServer');
    const now = observed(inputs, {
      userPoolId: server['UserPoolId'],
      identifier: server['Identifier'],
      name: server['Name'],
      scopes: jsonList(server, 'Scopes').map((scope) => ({
        scopeName: scope['ScopeName'],
        scopeDescription: scope['ScopeDescription'],
      })),
    });
    return { inputs: now, state: { ...state, ...stateOf(now) } };
  },
  async delete(_id, state) {
    await call('DeleteResourceServer', keyOf(state));
  },
});

const keyOf = (inputs: Json): Json => ({
  UserPoolId: text(inputs, 'userPoolId'),
  Identifier: text(inputs, 'identifier'),
});

const settings = (inputs: Json): Json => ({
  ...keyOf(inputs),
  Name: text(inputs, 'name'),
  Scopes: jsonList(inputs, 'scopes').map((scope) => ({
    ScopeName: text(scope, 'scopeName'),
    ScopeDescription: text(scope, 'scopeDescription'),
  })),
});

const stateOf = (inputs: Json): Json => ({
  ...inputs,
  scopeIdentifiers: jsonList(inputs, 'scopes').map(
    (scope) => `${text(inputs, 'identifier')}/${text(scope, 'scopeName')}`,
  ),
});
