import type { Json } from '../aws/input.ts';
import { AwsError, type AwsJsonService } from '../aws/service.ts';
import { issuerOf } from '../cognito/tokens/issuer.ts';
import type { Iam } from '../iam/authorize.ts';
import { decisionOperations } from './operations/decisions.ts';
import { identitySourceOperations } from './operations/identity-sources.ts';
import type { Operations } from './operations/operations.ts';
import { policyOperations } from './operations/policies.ts';
import { schemaOperations } from './operations/schemas.ts';
import { storeOperations } from './operations/stores.ts';
import { tagOperations } from './operations/tags.ts';
import { createState, type State } from './state.ts';
import { createVerifyToken } from './token.ts';

export interface VerifiedPermissionsArgs {
  readonly iam: Iam;
  readonly account: string;
  /**
   * Each write of a policy or schema is seen by readers, decisions among them, after a random time up to this many
   * milliseconds. AWS takes "a few seconds"; at 0, the default, everything is seen at once.
   */
  readonly consistencyMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Where the signing keys of a user pool are; by default where AWS has them. */
  readonly keySetUrl?: (userPoolId: string) => string;
}

/** Amazon Verified Permissions over Cedar's own engine. All state is in memory and goes with the process. */
export function createVerifiedPermissions({
  iam,
  account,
  consistencyMs = 0,
  now = Date.now,
  keySetUrl = (userPoolId) => `${issuerOf(userPoolId)}/.well-known/jwks.json`,
}: VerifiedPermissionsArgs): AwsJsonService {
  const state = createState(account, { now, delay: () => Math.random() * consistencyMs });
  const operations: Operations = {
    ...storeOperations(state),
    ...schemaOperations(state),
    ...policyOperations(state),
    ...identitySourceOperations(state),
    ...decisionOperations(state, createVerifyToken(keySetUrl, now)),
    ...tagOperations(state),
  };
  return {
    target: 'VerifiedPermissions',
    version: '1.0',
    async call(operation, input, caller) {
      const run = operations[operation];
      if (!run)
        throw new AwsError('UnknownOperationException', `The embedded cloud does not know ${operation}`);
      for (const resource of resourcesOf(operation, input, state)) {
        iam.authorize({ caller, action: `verifiedpermissions:${permissionFor(operation)}`, resource });
      }
      return run(input);
    },
  };
}

/** Batches have no permissions of their own (Service Authorization Reference, Amazon Verified Permissions). */
const permissionFor = (operation: string): string =>
  /^Batch(IsAuthorized|IsAuthorizedWithToken|GetPolicy)$/.exec(operation)?.[1] ?? operation;

/** The ARNs that a call needs permission for. What is not even text is for the operation to refuse. */
function resourcesOf(operation: string, input: Json, state: State): readonly string[] {
  const storeOf = ({ policyStoreId }: Json): string => state.arnOf(String(policyStoreId));
  switch (operation) {
    case 'CreatePolicyStore':
    case 'ListPolicyStores':
      return ['*'];
    case 'BatchGetPolicy': {
      const { requests } = input;
      return Array.isArray(requests) ? [...new Set((requests as readonly Json[]).map(storeOf))] : ['*'];
    }
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsForResource':
      return [String(input['resourceArn'])];
    default:
      return [storeOf(input)];
  }
}
