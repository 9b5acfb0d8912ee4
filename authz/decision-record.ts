import type { EntityUid } from '../cedar/ast.ts';
import { GROUP_TYPE, type Model } from '../cedar/model.ts';
import { recordedAttributes } from '../cedar/recorded-attributes.ts';
import type { CedarJson, EntityData } from '../cedar/request.ts';
import type { Decider, Question } from './decide/decider.ts';

/**
 * What a decision went by, as far as the API's owner lets it be kept: attributes marked `log: true`, what the pipeline
 * itself set, the principal's groups and the context that the action declares. Unlike the line of a decision it holds
 * values of claims and of resources, so it belongs where such data may be: an encrypted log, of few readers. Types are
 * unqualified; values are in Cedar's JSON form.
 */
export interface DecisionRecord {
  /** Of the line that tells of the same decision; what a backend asked for has none of its own. */
  readonly decisionId?: string;
  readonly phase: 'gateway' | 'backend';
  readonly decision: 'allow' | 'deny';
  readonly tenant: string;
  readonly action: string;
  readonly principal: RecordedEntity & { readonly groups: readonly string[] };
  readonly resource: RecordedEntity;
  readonly context: Readonly<Record<string, CedarJson>>;
}

export interface RecordedEntity {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, CedarJson>>;
}

/** What is kept of a question that was answered. */
export function decisionRecord(
  model: Model,
  { slug, principal, action, resource, context, entities }: Question,
  decided: Pick<DecisionRecord, 'decisionId' | 'decision' | 'phase'>,
): DecisionRecord {
  const recorded = (uid: EntityUid): RecordedEntity => {
    const type = unqualified(uid.type);
    const kept = recordedAttributes(model, type);
    const attributes = Object.entries(entityOf(entities, uid)?.attrs ?? {}).filter(([name]) =>
      kept.has(name),
    );
    return { type, id: uid.id, attributes: Object.fromEntries(attributes) };
  };
  const parents = entityOf(entities, principal)?.parents ?? [];
  return {
    ...decided,
    tenant: slug,
    action: action.id,
    principal: {
      ...recorded(principal),
      groups: parents.filter(({ type }) => unqualified(type) === GROUP_TYPE).map(({ id }) => id),
    },
    resource: recorded(resource),
    context,
  };
}

const entityOf = (entities: readonly EntityData[], { type, id }: EntityUid): EntityData | undefined =>
  entities.find(({ uid }) => uid.type === type && uid.id === id);

/** A model has one namespace. */
const unqualified = (type: string): string => type.slice(type.lastIndexOf(':') + 1);

/** A backend's decider that keeps what each of its decisions went by. */
export const keepingRecords = (
  decider: Decider,
  model: Model,
  keep: (record: DecisionRecord) => void,
): Decider => ({
  async decide(question) {
    const answer = await decider.decide(question);
    const decision = answer.errors.length > 0 ? 'deny' : answer.decision;
    keep(decisionRecord(model, question, { phase: 'backend', decision }));
    return answer;
  },
});
