import { textWithExactLongs } from '../cedar/exact-long.ts';
import { readPlain } from '../dsl/analyze/plain.ts';
import {
  type Isolation,
  proveSet,
  proveTenants,
  type ProvingIsolation,
} from '../dsl/analyze/prove/isolation.ts';
import { isolationJson, isolationText, verdictOf } from '../dsl/analyze/prove/report.ts';
import type { Semantics } from '../dsl/analyze/verdict.ts';
import type { Ending } from './ending.ts';
import { chosenTenants, type PolicyChoice, withOracle } from './policy-sets.ts';
import { createProgress } from './progress.ts';

export interface ProveArgs extends PolicyChoice {
  /** With plain Cedar: the one tenant that all is to belong to. */
  readonly tenant?: string;
  readonly semantics: Semantics;
  readonly json: boolean;
}

/** `cedarwright prove isolation`. @throws ProblemsError with the mistakes in policies, Expected for a missing tenant */
export async function proveIsolation(root: string, args: ProveArgs): Promise<Ending> {
  const { schema, policies, links, tenant, semantics, json } = args;
  const prove = async (proving: ProvingIsolation): Promise<Isolation[]> => {
    if (schema !== undefined && policies !== undefined) {
      const set = await readPlain({ schema, policies, ...(links !== undefined && { links }) });
      return [await proveSet(set, tenant, proving)];
    }
    const { model, tenants } = await chosenTenants(root, args.tenants);
    return proveTenants(model, tenants, proving);
  };
  const progress = createProgress();
  return withOracle(async (oracle) => {
    const found = await prove({ oracle, semantics, progress: progress.tell });
    const output = json ? textWithExactLongs(isolationJson(found, oracle.solver)) : isolationText(found);
    return { output, exitCode: verdictOf(found) };
  }).finally(progress.end);
}
