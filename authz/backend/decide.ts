import { actionType } from '../../cedar/closure.ts';
import { GROUP_TYPE } from '../../cedar/model.ts';
import type { Answer, CedarJson, EntityData } from '../decide/decider.ts';
import { principalOf } from '../decide/question.ts';
import { referAs } from '../identity/principal.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import { contextOf } from './facts.ts';
import type { Call, Learnt } from './handler.ts';
import type { Kit } from './options.ts';

export type Decided =
  | {
      readonly ok: true;
      readonly answer: Answer;
      readonly context: Readonly<Record<string, CedarJson>>;
    }
  | (Refusal & { readonly answer?: Answer });

/** What is decided on. */
export interface Matter {
  /** Of an action of the model. */
  readonly name: string;
  readonly resource: EntityData;
  /** Whether the request is this action's own, or a UI asks about another one. */
  readonly own: boolean;
  /** Facts that the service supplied. */
  readonly supplied: Readonly<Record<string, CedarJson>>;
}

/**
 * Decides by the full set of policies on a resource's real attributes.
 * @throws DeciderUnavailable
 */
export async function decide(
  { model, decider }: Pick<Kit, 'model' | 'decider'>,
  { identity, facts }: Pick<Call, 'identity' | 'facts'>,
  { name, resource, own, supplied }: Matter,
): Promise<Decided> {
  const action = model.actions[name]!;
  // Policies are validated for the principal types that an action lists; the engine, without a schema, would let a
  // bare permit hold for every other type too.
  if (!action.principals.includes(identity.row.principalType)) return refuse('PRINCIPAL_TYPE_REFUSED');
  const refer = referAs(model, identity.row.slug);
  const known = contextOf(action, facts, own, refer);
  if (!known.ok) return known;
  const context = { ...known.context, ...supplied };
  const common = principalOf(identity, refer);
  const principal = { ...common, attrs: { ...common.attrs, ...identity.tenantAttributes } };
  const groups = identity.groups.map((group) => ({ uid: refer(GROUP_TYPE, group), attrs: {}, parents: [] }));
  const answer = await decider.decide({
    slug: identity.row.slug,
    policyStoreId: identity.row.policyStoreId,
    principal: principal.uid,
    action: { type: actionType(model), id: name },
    resource: resource.uid,
    context,
    entities: [principal, ...groups, resource],
  });
  if (answer.errors.length > 0) return { ...refuse('POLICY_ERROR'), answer };
  return answer.decision === 'allow' ? { ok: true, answer, context } : { ...refuse('POLICY_DENIES'), answer };
}

/** For the record: which policies decided, whatever the decision. */
export function learnAnswer(learnt: Learnt, { answer }: Decided): void {
  if (!answer) return;
  learnt.determining = answer.determining;
  learnt.errors = answer.errors;
}
