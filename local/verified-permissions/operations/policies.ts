import type { Json } from '../../aws/input.ts';
import { checkBucket } from '../bucket.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import {
  missing,
  readObject,
  readObjects,
  readOptionalObject,
  readOptionalText,
  readText,
} from '../fields.ts';
import { newId } from '../identifiers.ts';
import { page } from '../paging.ts';
import { matchesFilter, readFilter } from '../policy-filter.ts';
import { checkStatement } from '../statement.ts';
import type { State } from '../state.ts';
import type { Store, StoredPolicy } from '../store.ts';
import { refuseInput } from '../unsupported.ts';
import type { Operations } from './operations.ts';

/** Of one BatchGetPolicy (API Reference). */
const MAX_BATCH = 100;

/** Static policies. A policy's name stands for its id wherever a request names a policy. */
export function policyOperations(state: State): Operations {
  return {
    CreatePolicy(input) {
      const store = state.find(input);
      const { policyStoreId } = store;
      return state.once(
        { operation: 'CreatePolicy', resourceType: 'POLICY_STORE', resourceId: policyStoreId },
        input,
        () => {
          const definition = readDefinition(input) ?? missing('definition.static');
          const scope = checkStatement(store, definition.statement);
          const name = freeName(store, input);
          checkBucket(store, { ...definition, scope });
          const date = state.date();
          const policy: StoredPolicy = {
            policyId: newId(),
            ...definition,
            ...(name && { name }),
            scope,
            sequence: state.nextSequence(),
            createdDate: date,
            lastUpdatedDate: date,
          };
          store.policies.write(policy.policyId, policy);
          return summary(store, policy);
        },
      );
    },
    UpdatePolicy(input) {
      const store = state.find(input);
      const before = findPolicy(store.policies.latest, input);
      const definition = readDefinition(input) ?? before;
      const scope = checkStatement(store, definition.statement);
      if (scope.fixed !== before.scope.fixed)
        throw invalid(
          'definition.static.statement',
          "You can't change the effect, the principal or the resource of an existing policy",
        );
      const name = input['name'] === undefined ? before.name : freeName(store, input, before.policyId);
      checkBucket(store, { ...definition, scope }, before.policyId);
      const { policyId, sequence, createdDate } = before;
      const { statement, description } = definition;
      const policy: StoredPolicy = {
        policyId,
        statement,
        ...(description !== undefined && { description }),
        ...(name && { name }),
        scope,
        sequence,
        createdDate,
        lastUpdatedDate: state.date(),
      };
      store.policies.write(policyId, policy);
      const { name: _, ...result } = summary(store, policy);
      return result;
    },
    // A policy that is not there is no error (API Reference, DeletePolicy).
    DeletePolicy(input) {
      const { policies } = state.find(input);
      const id = readText(input, 'policyId', 'policyId');
      const policy = lookUp(policies.latest, id);
      if (policy) policies.write(policy.policyId, undefined);
      return {};
    },
    GetPolicy(input) {
      const store = state.find(input);
      return described(store, findPolicy(store.policies.visible(), input));
    },
    BatchGetPolicy(input) {
      const results: object[] = [];
      const errors: object[] = [];
      for (const request of readObjects(input, 'requests', MAX_BATCH)) {
        const policyStoreId = readText(request, 'policyStoreId', 'policyStoreId', 'requests.');
        const policyId = readText(request, 'policyId', 'policyId', 'requests.');
        const fail = (what: 'POLICY_STORE' | 'POLICY', message: string) =>
          errors.push({ code: `${what}_NOT_FOUND`, policyStoreId, policyId, message });
        const store = state.stores.get(policyStoreId);
        const policy = store && lookUp(store.policies.visible(), policyId);
        if (!store) fail('POLICY_STORE', `The policy store ${policyStoreId} was not found`);
        else if (!policy) fail('POLICY', `The policy ${policyId} was not found`);
        else results.push(batchItem(store, policy));
      }
      return { results, errors };
    },
    ListPolicies(input) {
      const store = state.find(input);
      const filter = readFilter(readOptionalObject(input, 'filter'));
      const listed = [...store.policies.visible().values()].filter((policy) => matchesFilter(filter, policy));
      const { entries, nextToken } = page(`policies/${store.policyStoreId}`, listed, input);
      return {
        policies: entries.map((policy) => ({
          ...summary(store, policy),
          definition: { static: descriptionOf(policy) },
        })),
        nextToken,
      };
    },
  };
}

function readDefinition(
  input: Json,
): { readonly statement: string; readonly description?: string } | undefined {
  const definition = readOptionalObject(input, 'definition');
  if (!definition) return undefined;
  refuseInput(definition, 'templateLinked');
  const inner = readObject(definition, 'static', 'definition.');
  const description = readOptionalText(inner, 'description', 'description', 'definition.static.');
  return {
    statement: readText(inner, 'statement', 'statement', 'definition.static.'),
    ...(description !== undefined && { description }),
  };
}

/** The name that a request gives; undefined or empty: none. @throws AwsError ConflictException when it is taken */
function freeName({ policyStoreId, policies }: Store, input: Json, owner?: string): string | undefined {
  const name = readOptionalText(input, 'name', 'policyName');
  const taken = name ? lookUp(policies.latest, name) : undefined;
  if (taken && taken.policyId !== owner)
    throw conflict(`The name ${name} is taken in policy store ${policyStoreId}`, 'POLICY', taken.policyId);
  return name;
}

function findPolicy(policies: ReadonlyMap<string, StoredPolicy>, input: Json): StoredPolicy {
  const id = readText(input, 'policyId', 'policyId');
  const policy = lookUp(policies, id);
  if (!policy) throw notFound('POLICY', id);
  return policy;
}

/** By id, or by name, which begins with `name/` as no id does. */
const lookUp = (policies: ReadonlyMap<string, StoredPolicy>, id: string): StoredPolicy | undefined =>
  policies.get(id) ?? [...policies.values()].find(({ name }) => name === id);

const descriptionOf = ({ description }: StoredPolicy): object =>
  description === undefined ? {} : { description };

const summary = (
  { policyStoreId }: Store,
  { policyId, name, scope, createdDate, lastUpdatedDate }: StoredPolicy,
) => {
  const { fixed: _, ...shown } = scope;
  return {
    policyStoreId,
    policyId,
    policyType: 'STATIC',
    ...shown,
    ...(name !== undefined && { name }),
    createdDate,
    lastUpdatedDate,
  };
};

const definitionOf = (policy: StoredPolicy): object => ({
  static: { statement: policy.statement, ...descriptionOf(policy) },
});

const described = (store: Store, policy: StoredPolicy): object => ({
  ...summary(store, policy),
  definition: definitionOf(policy),
});

function batchItem(store: Store, policy: StoredPolicy): object {
  const { policyStoreId, policyId, policyType, name, createdDate, lastUpdatedDate } = summary(store, policy);
  return {
    policyStoreId,
    policyId,
    policyType,
    name,
    createdDate,
    lastUpdatedDate,
    definition: definitionOf(policy),
  };
}
