import { EngineError, preparePolicies, RequestRefused, type PreparedPolicies } from '../../cedar/engine.ts';
import { AwsError } from '../aws/service.ts';
import type { Entity } from './entities.ts';
import { invalid } from './errors.ts';
import type { Question } from './question.ts';
import type { Store, StoredPolicy } from './store.ts';

export interface Answer {
  readonly decision: 'ALLOW' | 'DENY';
  readonly determiningPolicies: readonly { readonly policyId: string }[];
  readonly errors: readonly { readonly errorDescription: string }[];
}

/** Parsed policy sets. A store's visible policies are the same object until a change is seen. */
const prepared = new WeakMap<ReadonlyMap<string, StoredPolicy>, PreparedPolicies>();

/**
 * Answers as a store's visible policies say. The request is not checked against the schema: a missing attribute shows
 * as an error of the policy that reads it.
 * @throws AwsError ValidationException, InternalServerException
 */
export function decide(store: Store, question: Question, entities: readonly Entity[]): Answer {
  const { action } = question;
  const parents = store.schema.visible().get('schema')?.actionGroups(action) ?? [];
  try {
    const { decision, reasons, errors } = policiesOf(store).authorize({
      ...question,
      entities: [...entities, { uid: action, attrs: {}, parents }],
    });
    return {
      decision: decision === 'allow' ? 'ALLOW' : 'DENY',
      determiningPolicies: reasons.map((policyId) => ({ policyId })),
      errors: errors.map(({ id, message }) => ({
        // As Cedar's own AuthorizationError reads; the engine leaves the policy out.
        errorDescription: `error while evaluating policy \`${id}\`: ${message}`,
      })),
    };
  } catch (error) {
    if (error instanceof RequestRefused) throw invalid('entities', error.message);
    if (error instanceof EngineError) throw new AwsError('InternalServerException', error.message, {}, 500);
    throw error;
  }
}

function policiesOf({ policyStoreId, policies }: Store): PreparedPolicies {
  const visible = policies.visible();
  const known = prepared.get(visible);
  if (known) return known;
  const texts = [...visible.values()].map(({ policyId, statement }) => ({ id: policyId, text: statement }));
  const fresh = preparePolicies(`verified-permissions/${policyStoreId}`, texts);
  prepared.set(visible, fresh);
  return fresh;
}
