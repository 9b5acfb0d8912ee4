import type { EntityUid } from '../../cedar/ast.ts';
import { actionEntity } from '../../cedar/closure.ts';
import { enforced } from '../../cedar/engine.ts';
import type { Model } from '../../cedar/model.ts';
import { entityKey } from '../../cedar/slice.ts';
import { type Compiled, compile, type Phase } from './compiled.ts';
import { type Answer, type Decider, DeciderUnavailable, type EntityData, type Question } from './decider.ts';
import type { Snapshot } from './snapshot.ts';
import type { Snapshots } from './snapshots.ts';

export interface EmbeddedOptions {
  readonly model: Model;
  readonly phase: Phase;
  readonly snapshots: Snapshots;
}

/** Answers in this process, by the policies that the sync last published. */
export function embedded({ model, phase, snapshots }: EmbeddedOptions): Decider {
  const compiled = new WeakMap<Snapshot, Compiled>();

  function compiledOf(slug: string, snapshot: Snapshot): Compiled {
    const known = compiled.get(snapshot);
    if (known) return known;
    const made = compile(slug, snapshot, phase, model);
    compiled.set(snapshot, made);
    return made;
  }

  function answer(question: Question, snapshot: Snapshot): Answer {
    const { principal, action, resource, context } = question;
    // Without the action's groups, a forbid on a group would silently do nothing: this engine knows no schema.
    const own = actionEntity(model, action);
    const policies = compiledOf(question.slug, snapshot).slice({
      principalType: principal.type,
      ancestors: ancestorsOf(principal, question.entities),
      actions: new Set([own.uid, ...own.parents].map(entityKey)),
      resourceType: resource.type,
    });
    const result = policies.authorize({
      principal,
      action,
      resource,
      context,
      entities: [...question.entities, own],
    });
    return {
      decision: enforced(result),
      determining: result.reasons,
      errors: result.errors.map(({ id }) => id),
    };
  }

  return {
    async decide(question) {
      const snapshot = await snapshots(question.slug);
      try {
        return answer(question, snapshot);
      } catch (error) {
        throw new DeciderUnavailable('the policy engine gave no answer', { cause: error });
      }
    },
  };
}

/** All entities above one, at any distance. */
function ancestorsOf(uid: EntityUid, entities: readonly EntityData[]): ReadonlySet<string> {
  const parents = new Map(entities.map((entity) => [entityKey(entity.uid), entity.parents]));
  const found = new Set<string>();
  const visit = (key: string): void => {
    for (const parent of (parents.get(key) ?? []).map(entityKey)) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(entityKey(uid));
  return found;
}
