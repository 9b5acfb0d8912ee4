import type { Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { notFound } from '../errors.ts';
import { missing, readChoice, readObject, readOptionalText, readText } from '../fields.ts';
import { newId } from '../identifiers.ts';
import { page } from '../paging.ts';
import type { State } from '../state.ts';
import { createStore, type Store, type StoreSettings } from '../store.ts';
import { checkTagCount, readTags } from '../tags.ts';
import { refuseInput } from '../unsupported.ts';
import type { Operations } from './operations.ts';

const PROTECTION = ['ENABLED', 'DISABLED'] as const;

/** Policy stores themselves. */
export function storeOperations(state: State): Operations {
  return {
    CreatePolicyStore(input) {
      refuseInput(input, 'encryptionSettings');
      const settings = readSettings(input);
      return state.once(
        { operation: 'CreatePolicyStore', resourceType: 'POLICY_STORE', resourceId: '*' },
        input,
        () => {
          const policyStoreId = newId();
          const tags = checkTagCount(readTags(input), policyStoreId);
          const store = createStore(
            {
              policyStoreId,
              arn: state.arnOf(policyStoreId),
              sequence: state.nextSequence(),
              createdDate: state.date(),
              settings,
              tags,
            },
            state.consistency,
          );
          state.stores.set(policyStoreId, store);
          return summary(store);
        },
      );
    },
    GetPolicyStore(input) {
      const store = state.find(input);
      const { mode, ...settings } = store.settings;
      return {
        ...summary(store),
        ...settings,
        validationSettings: { mode },
        cedarVersion: 'CEDAR_4',
        encryptionState: { default: {} },
        ...(input['tags'] === true && { tags: store.tags }),
      };
    },
    ListPolicyStores(input) {
      const { entries, nextToken } = page('policy-stores', state.stores.values(), input);
      return {
        policyStores: entries.map((store) => ({
          ...summary(store),
          ...(store.settings.description !== undefined && { description: store.settings.description }),
        })),
        nextToken,
      };
    },
    UpdatePolicyStore(input) {
      const store = state.find(input);
      store.settings = readSettings(input, store.settings);
      store.lastUpdatedDate = state.date();
      return summary(store);
    },
    // A store that is not there is no error (API Reference, DeletePolicyStore).
    DeletePolicyStore(input) {
      const id = readText(input, 'policyStoreId', 'policyStoreId');
      if (state.stores.get(id)?.settings.deletionProtection === 'ENABLED')
        throw new AwsError(
          'InvalidStateException',
          "The policy store can't be deleted because deletion protection is enabled. To delete this policy store, disable deletion protection.",
        );
      state.stores.delete(id);
      return {};
    },
  };
}

/** @param before what holds where the request is silent */
function readSettings(input: Json, before?: StoreSettings): StoreSettings {
  const mode =
    readChoice(readObject(input, 'validationSettings'), 'mode', ['OFF', 'STRICT'], 'validationSettings.') ??
    missing('validationSettings.mode');
  const description = readOptionalText(input, 'description', 'description') ?? before?.description;
  return {
    mode,
    deletionProtection:
      readChoice(input, 'deletionProtection', PROTECTION) ?? before?.deletionProtection ?? 'DISABLED',
    ...(description !== undefined && { description }),
  };
}

const summary = ({ policyStoreId, arn, createdDate, lastUpdatedDate }: Store) => ({
  policyStoreId,
  arn,
  createdDate,
  lastUpdatedDate,
});

/** @throws AwsError ResourceNotFoundException */
export function findByArn(state: State, arn: string): Store {
  const store = [...state.stores.values()].find((one) => one.arn === arn);
  if (!store) throw notFound('POLICY_STORE', arn);
  return store;
}
