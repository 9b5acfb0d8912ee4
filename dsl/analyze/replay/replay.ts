import { EngineError } from '../../../cedar/engine.ts';
import type { Model } from '../../../cedar/model.ts';
import type { Tenant } from '../../tenants/tenant.ts';
import type { Semantics } from '../verdict.ts';
import { judge, type Outcome } from './judge.ts';
import { type Recorded, readRecord } from './record.ts';

/** Requests that the same policies change in the same way. */
export interface Group {
  readonly tenant: string;
  readonly action: string;
  readonly phase: Recorded['phase'];
  readonly was: 'allow' | 'deny';
  readonly now: Outcome['decision'];
  /** Policies that would decide; what was not recorded, of an unknown. */
  readonly by: readonly string[];
  readonly count: number;
  /** The first of them. */
  readonly example?: string;
}

export interface Replayed {
  readonly records: number;
  /** Decided as before. */
  readonly same: number;
  readonly changed: number;
  readonly unknown: number;
  /** Of tenants or actions that are not there any more: they are all denied. */
  readonly gone: number;
  /** Lines that are no record, and lines that are too long. */
  readonly skipped: number;
  /** Changed and unknown ones, the most frequent first. */
  readonly groups: readonly Group[];
}

type Counts = { -readonly [Name in Exclude<keyof Replayed, 'groups'>]: number };

/**
 * Asks the policies of now what they make of requests that were decided before. Keeps counts and one example of each
 * group, and nothing of the requests.
 */
export async function replay(
  lines: AsyncIterable<string | undefined>,
  candidate: { readonly model: Model; readonly tenants: readonly Tenant[] },
  { semantics, progress }: { semantics: Semantics; progress: (what: string) => void },
): Promise<Replayed> {
  const { model } = candidate;
  const judged = judge(model, new Map(candidate.tenants.map((tenant) => [tenant.slug, tenant])), semantics);
  const counts: Counts = { records: 0, same: 0, changed: 0, unknown: 0, gone: 0, skipped: 0 };
  const groups = new Map<string, Group>();
  for await (const line of lines) {
    const record = line === undefined ? undefined : readRecord(line, model);
    if (!record) {
      if (line !== '') counts.skipped += 1;
      continue;
    }
    counts.records += 1;
    if (counts.records % 1000 === 0) progress(`${counts.records} records`);
    const outcome = attempt(() => judged(record));
    if (!outcome) counts.gone += 1;
    const now: Outcome = outcome ?? { decision: 'deny', by: [] };
    if (now.decision === record.decision) {
      counts.same += 1;
      continue;
    }
    counts[now.decision === 'unknown' ? 'unknown' : 'changed'] += 1;
    add(groups, record, now);
  }
  return { ...counts, groups: [...groups.values()].sort(byCount) };
}

/** A request that the engine refuses, because a value of it is none, is denied by whoever asks. */
function attempt(work: () => Outcome | undefined): Outcome | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { decision: 'unknown', because: ['a value that the engine refuses'] };
  }
}

function add(groups: Map<string, Group>, record: Recorded, now: Outcome): void {
  const { tenant, action, phase, decision: was, decisionId } = record;
  const by = now.decision === 'unknown' ? now.because : now.by;
  const key = JSON.stringify([tenant, action, phase, was, now.decision, by]);
  const known = groups.get(key);
  const example = known?.example ?? decisionId;
  groups.set(key, {
    tenant,
    action,
    phase,
    was,
    now: now.decision,
    by,
    count: (known?.count ?? 0) + 1,
    ...(example !== undefined && { example }),
  });
}

const byCount = (a: Group, b: Group): number =>
  b.count - a.count || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
