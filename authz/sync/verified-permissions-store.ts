import {
  BatchGetPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  GetSchemaCommand,
  paginateListPolicies,
  ResourceNotFoundException,
  UpdatePolicyCommand,
  type PolicyItem,
  type VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { PolicyRejected, type PolicyStore, StoreConflict, type StoredPolicy } from './policy-store.ts';

/** The most that one call takes (API reference, ListPolicies and BatchGetPolicy). */
const LIST_PAGE = 50;
const GET_BATCH = 100;
/** Below the time that a lease has left when a call begins, so that no write of ours arrives after it. */
const CALL_TIMEOUT_MS = 15_000;

/** A policy store of Verified Permissions. */
export const verifiedPermissionsStore = (
  client: VerifiedPermissionsClient,
  policyStoreId: string,
): PolicyStore => ({
  async list() {
    const items: PolicyItem[] = [];
    const pages = paginateListPolicies({ client, pageSize: LIST_PAGE }, { policyStoreId });
    for await (const { policies = [] } of pages) items.push(...policies);
    const statements = await readStatements(client, policyStoreId, items);
    return items.map((item): StoredPolicy => {
      const statement = statements.get(item.policyId);
      return {
        policyId: item.policyId ?? '',
        effect: item.effect === 'Forbid' ? 'forbid' : 'permit',
        ...(item.name !== undefined && { name: item.name }),
        ...(statement !== undefined && { statement }),
      };
    });
  },

  async create({ id, name, statement }) {
    // No clientToken of our own: one made from the content would be remembered for 8 hours, and a policy made, deleted
    // and made again would be answered from memory and not exist. The SDK's is per call; the name does the rest.
    const command = new CreatePolicyCommand({
      policyStoreId,
      name,
      definition: { static: { statement } },
    });
    const { policyId } = await refusals(id, client.send(command, callOptions()));
    return policyId ?? name;
  },

  async update(policyId, { id, statement }) {
    const command = new UpdatePolicyCommand({
      policyStoreId,
      policyId,
      definition: { static: { statement } },
    });
    await refusals(id, client.send(command, callOptions()));
  },

  async delete(policyId) {
    await client.send(new DeletePolicyCommand({ policyStoreId, policyId }), callOptions());
  },

  async schema() {
    try {
      return (await client.send(new GetSchemaCommand({ policyStoreId }))).schema;
    } catch (error) {
      if (error instanceof ResourceNotFoundException && error.resourceType === 'SCHEMA') return undefined;
      throw error;
    }
  },
});

const callOptions = () => ({ abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) });

/** What ListPolicies leaves out. A policy that is gone meanwhile has none. */
async function readStatements(
  client: VerifiedPermissionsClient,
  policyStoreId: string,
  items: readonly PolicyItem[],
): Promise<Map<string | undefined, string>> {
  const ids = items.filter(({ policyType }) => policyType === 'STATIC').map(({ policyId }) => policyId);
  const statements = new Map<string | undefined, string>();
  for (let from = 0; from < ids.length; from += GET_BATCH) {
    const requests = ids.slice(from, from + GET_BATCH).map((policyId) => ({ policyStoreId, policyId }));
    const { results = [] } = await client.send(new BatchGetPolicyCommand({ requests }));
    for (const { policyId, definition } of results) {
      if (definition?.static) statements.set(policyId, definition.static.statement ?? '');
    }
  }
  return statements;
}

/** @param id our id of the policy */
async function refusals<T>(id: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    switch (name) {
      case 'ValidationException':
      case 'ServiceQuotaExceededException':
        throw new PolicyRejected(id, `[${name}] ${message}`);
      case 'ConflictException':
      case 'ResourceNotFoundException':
        throw new StoreConflict(`policy ${id}: ${name}`);
      default:
        throw error;
    }
  }
}
