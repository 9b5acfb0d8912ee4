import {
  IsAuthorizedCommand,
  type IsAuthorizedWithTokenCommandOutput,
  type VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { type Answer, type Decider, DeciderUnavailable } from './decider.ts';

/** Verified Permissions policy id -> our id, of one tenant. */
export type PolicyIds = (slug: string) => Promise<Readonly<Record<string, string>>>;

/**
 * Asks Verified Permissions. Whatever keeps it from answering is `DeciderUnavailable`: throttling, an outage, and a
 * question that it rejects alike, because a denial would be cached by the gateway and an allow would be a guess.
 * @param ids only names the deciding policies: without an answer they keep the store's ids
 */
export const verifiedPermissions = (client: VerifiedPermissionsClient, ids: PolicyIds): Decider => ({
  async decide({ slug, policyStoreId, principal, action, resource, context, entities }) {
    const command = new IsAuthorizedCommand({
      policyStoreId,
      principal: { entityType: principal.type, entityId: principal.id },
      action: { actionType: action.type, actionId: action.id },
      resource: { entityType: resource.type, entityId: resource.id },
      context: { cedarJson: JSON.stringify(context) },
      entities: { cedarJson: JSON.stringify(entities) },
    });
    const [output, names] = await Promise.all([asked(client.send(command)), ids(slug).catch(() => ({}))]);
    return answerOf(output, names);
  },
});

/** @throws DeciderUnavailable for whatever kept the service from answering */
export async function asked<Output>(sent: Promise<Output>): Promise<Output> {
  try {
    return await sent;
  } catch (error) {
    throw new DeciderUnavailable('Verified Permissions gave no answer', { cause: error });
  }
}

type Decided = Partial<
  Pick<IsAuthorizedWithTokenCommandOutput, 'decision' | 'determiningPolicies' | 'errors'>
>;

/** Cedar skips a policy that errs; were it a forbid, its error would be an allow. So any error is a deny. */
export function answerOf(
  { decision, determiningPolicies = [], errors = [] }: Decided,
  names: Readonly<Record<string, string>>,
): Answer {
  const ours = (id: string): string => names[id] ?? id;
  return {
    decision: decision === 'ALLOW' && errors.length === 0 ? 'allow' : 'deny',
    determining: determiningPolicies.map(({ policyId }) => ours(policyId ?? '')).toSorted(),
    errors: errors.map(({ errorDescription }) => ours(policyIn(errorDescription ?? ''))),
  };
}

/** Of the engine's text only the policy's id is kept: the rest quotes values of the question. */
const policyIn = (description: string): string =>
  /policy `([\w-]+)`/.exec(description)?.[1] ?? 'unnamed policy';
