import { issuerOf } from '../../cognito/tokens/issuer.ts';
import type { Json } from '../../aws/input.ts';
import { notFound } from '../errors.ts';
import { readObjects, readText } from '../fields.ts';
import { newId } from '../identifiers.ts';
import { checkSourceCount, type IdentitySource, readConfiguration } from '../identity-source.ts';
import { page } from '../paging.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Operations } from './operations.ts';

/** Filters of one listing (API Reference, ListIdentitySources). */
const MAX_FILTERS = 10;

/** Where the principals of token decisions come from. Of the kinds of source, only user pools are emulated. */
export function identitySourceOperations(state: State): Operations {
  return {
    CreateIdentitySource(input) {
      const store = state.find(input);
      const { policyStoreId } = store;
      return state.once(
        { operation: 'CreateIdentitySource', resourceType: 'POLICY_STORE', resourceId: policyStoreId },
        input,
        () => {
          const configured = readConfiguration(input, 'configuration');
          checkSourceCount(store);
          const date = state.date();
          const source: IdentitySource = {
            identitySourceId: newId(),
            ...configured,
            sequence: state.nextSequence(),
            createdDate: date,
            lastUpdatedDate: date,
          };
          store.identitySources.write(source.identitySourceId, source);
          return summary(store, source);
        },
      );
    },
    GetIdentitySource(input) {
      const store = state.find(input);
      return described(store, findSource(store.identitySources.visible(), input));
    },
    UpdateIdentitySource(input) {
      const store = state.find(input);
      const before = findSource(store.identitySources.latest, input);
      const configured = readConfiguration(input, 'updateConfiguration', before);
      const source = { ...before, ...configured, lastUpdatedDate: state.date() };
      store.identitySources.write(source.identitySourceId, source);
      return summary(store, source);
    },
    DeleteIdentitySource(input) {
      const { identitySources } = state.find(input);
      identitySources.write(findSource(identitySources.latest, input).identitySourceId, undefined);
      return {};
    },
    ListIdentitySources(input) {
      const store = state.find(input);
      const types = readObjects(input, 'filters', MAX_FILTERS).map((filter) =>
        readText(filter, 'principalEntityType', 'entityType', 'filters.'),
      );
      const listed = [...store.identitySources.visible().values()].filter(
        ({ principalEntityType }) => types.length === 0 || types.includes(principalEntityType),
      );
      const { entries, nextToken } = page(`identity-sources/${store.policyStoreId}`, listed, input);
      return { identitySources: entries.map((source) => described(store, source)), nextToken };
    },
  };
}

/** @throws AwsError ResourceNotFoundException */
function findSource(sources: ReadonlyMap<string, IdentitySource>, input: Json): IdentitySource {
  const id = readText(input, 'identitySourceId', 'identitySourceId');
  const source = sources.get(id);
  if (!source) throw notFound('IDENTITY_SOURCE', id);
  return source;
}

const summary = (
  { policyStoreId }: Store,
  { identitySourceId, createdDate, lastUpdatedDate }: IdentitySource,
): object => ({ identitySourceId, policyStoreId, createdDate, lastUpdatedDate });

function described(store: Store, source: IdentitySource): object {
  const { userPoolArn, userPoolId, clientIds, principalEntityType, groupEntityType } = source;
  return {
    ...summary(store, source),
    principalEntityType,
    configuration: {
      cognitoUserPoolConfiguration: {
        userPoolArn,
        clientIds,
        issuer: issuerOf(userPoolId),
        groupConfiguration: { groupEntityType },
      },
    },
  };
}
