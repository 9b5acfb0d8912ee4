import {
  IsAuthorizedWithTokenCommand,
  type VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { DeciderUnavailable, type GatewayDecider } from './decider.ts';
import { answerOf, asked, type PolicyIds } from './verified-permissions.ts';

/**
 * Asks Verified Permissions with the token itself, which it verifies once more and makes principal and groups of. The
 * tenant's policies must be in the form for it; see cedar/token-form.ts.
 */
export const verifiedPermissionsWithToken = (
  client: VerifiedPermissionsClient,
  ids: PolicyIds,
): GatewayDecider => ({
  async decide({ slug, policyStoreId, principal, action, resource, context, entities }, { token, tokenUse }) {
    const isResource = ({ type, id }: typeof resource): boolean =>
      type === resource.type && id === resource.id;
    const command = new IsAuthorizedWithTokenCommand({
      policyStoreId,
      ...(tokenUse === 'id' ? { identityToken: token } : { accessToken: token }),
      action: { actionType: action.type, actionId: action.id },
      resource: { entityType: resource.type, entityId: resource.id },
      context: { cedarJson: JSON.stringify(context) },
      // Principal and groups are the token's to say: beside it they are refused.
      entities: { cedarJson: JSON.stringify(entities.filter(({ uid }) => isResource(uid))) },
    });
    const [output, names] = await Promise.all([asked(client.send(command)), ids(slug).catch(() => ({}))]);
    const { entityType, entityId = '' } = output.principal ?? {};
    if (entityType !== principal.type || nameIn(entityId) !== nameIn(principal.id))
      throw new DeciderUnavailable('Verified Permissions answered about another principal');
    return answerOf(output, names);
  },
});

/** Ours begins with the slug, theirs with the user pool's id. Neither has a `|`. */
const nameIn = (id: string): string => id.slice(id.indexOf('|') + 1);
