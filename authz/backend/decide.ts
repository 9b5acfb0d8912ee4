import { actionType } from '../../cedar/closure.ts';
import { GROUP_TYPE } from '../../cedar/model.ts';
import type { Answer, CedarJson, EntityData } from '../decide/decider.ts';
import { principalOf } from '../decide/question.ts';
import { referAs } from '../identity/principal.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { BackendOptions } from './backend.ts';
import { contextOf } from './facts.ts';
import type { Call } from './handler.ts';

export type Decided =
  | {
      readonly ok: true;
      readonly answer: Answer;
      readonly context: Readonly<Record<string, CedarJson>>;
    }
  | (Refusal & { readonly answer?: Answer });

/**
 * Decides by the full set of policies on a resource's real attributes.
 * @param name of an action of the model
 * @param own whether the request is this action's own, or a UI asks about another one
 * @throws DeciderUnavailable
 */
export async function decide(
  { model, decider }: Pick<BackendOptions, 'model' | 'decider'>,
  { identity, facts }: Pick<Call, 'identity' | 'facts'>,
  name: string,
  resource: EntityData,
  own: boolean,
): Promise<Decided> {
  const action = model.actions[name]!;
  // Policies are validated for the principal types that an action lists; the engine, without a schema, would let a
  // bare permit hold for every other type too.
  if (!action.principals.includes(identity.row.principalType)) return refuse('PRINCIPAL_TYPE_REFUSED');
  const refer = referAs(model, identity.row.slug);
  const context = contextOf(action, facts, own, refer);
  if (!context.ok) return context;
  const known = principalOf(identity, refer);
  const principal = { ...known, attrs: { ...known.attrs, ...identity.tenantAttributes } };
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
  return answer.decision === 'allow'
    ? { ok: true, answer, context: context.context }
    : { ...refuse('POLICY_DENIES'), answer };
}
