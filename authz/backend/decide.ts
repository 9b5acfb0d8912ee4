import { actionType } from '../../cedar/closure.ts';
import { GROUP_TYPE, type Action } from '../../cedar/model.ts';
import type { Answer, EntityData } from '../decide/decider.ts';
import { principalOf } from '../decide/question.ts';
import type { Identity } from '../identity/identify.ts';
import { referAs } from '../identity/principal.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { BackendOptions } from './backend.ts';
import { contextOf, type Facts } from './facts.ts';

export type Decided =
  { readonly ok: true; readonly answer: Answer } | (Refusal & { readonly answer?: Answer });

/**
 * Decides by the full set of policies on a resource's real attributes.
 * @param own whether the request is this action's own, or a UI asks about another one
 * @throws DeciderUnavailable
 */
export async function decide(
  { model, decider }: Pick<BackendOptions, 'model' | 'decider'>,
  identity: Identity,
  name: string,
  action: Action,
  resource: EntityData,
  facts: Facts,
  own: boolean,
): Promise<Decided> {
  // Policies are validated for the principal types that an action lists; the engine, without a schema, would let a
  // bare permit hold for every other type too.
  if (!action.principals.includes(identity.row.principalType)) return refuse('PRINCIPAL_TYPE_REFUSED');
  const refer = referAs(model, identity.row.slug);
  const context = contextOf(action, facts, own, refer);
  if (!context.ok) return context;
  const principal = principalOf(identity, refer);
  const groups = identity.groups.map((group) => ({ uid: refer(GROUP_TYPE, group), attrs: {}, parents: [] }));
  const answer = await decider.decide({
    slug: identity.row.slug,
    policyStoreId: identity.row.policyStoreId,
    principal: principal.uid,
    action: { type: actionType(model), id: name },
    resource: resource.uid,
    context: context.context,
    entities: [principal, ...groups, resource],
  });
  if (answer.errors.length > 0) return { ...refuse('POLICY_ERROR'), answer };
  return answer.decision === 'allow' ? { ok: true, answer } : { ...refuse('POLICY_DENIES'), answer };
}
