import type { Model } from '../../../cedar/model.ts';
import type { Site } from '../../../cedar/ast.ts';
import { rulesOf } from '../../testing/rules.ts';
import type { Tenant } from '../../tenants/tenant.ts';
import { judge, missingFacts, type Outcome } from '../replay/judge.ts';
import type { Recorded } from '../replay/record.ts';
import type { Semantics } from '../verdict.ts';
import { explainer, type Explanation } from './explanation.ts';
import type { SourceText } from './source-text.ts';

/** Why a recorded request was decided as it was, as far as what was recorded tells. */
export interface RecordedExplanation extends Omit<Explanation, 'decision'> {
  /** By the policies of now. */
  readonly decision: Outcome['decision'];
  readonly was: 'allow' | 'deny';
  /** Policies that read what was not recorded. */
  readonly untold: readonly {
    readonly policy: string;
    readonly site: Site;
    readonly missing: readonly string[];
  }[];
}

/** Undefined when there is no such action any more. */
export function explainRecord(
  record: Recorded,
  { model, tenant, source }: { readonly model: Model; readonly tenant: Tenant; readonly source: SourceText },
  semantics: Semantics,
): RecordedExplanation | undefined {
  const outcome = judge(model, new Map([[tenant.slug, tenant]]), semantics)(record);
  if (!outcome) return undefined;
  const rules = rulesOf({ model, tenant, phase: record.phase });
  const missing = missingFacts(model, tenant, record);
  const told = rules.filter(({ id }) => (missing.get(id) ?? []).length === 0);
  const explain = explainer(
    { name: `record of ${tenant.slug}`, rules: told, prefix: tenant.slug, source },
    semantics,
  );
  return {
    ...explain(record.request),
    decision: outcome.decision,
    was: record.decision,
    untold: rules.flatMap(({ id, site }) => {
      const reads = missing.get(id) ?? [];
      return reads.length > 0 ? [{ policy: id, site, missing: reads }] : [];
    }),
  };
}
