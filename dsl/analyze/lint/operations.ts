import { entityKey } from '../../../cedar/slice.ts';
import type { Environment } from '../environments.ts';
import { type Asking, seek, type Sought } from '../everywhere.ts';
import type { PolicySet } from '../policy-set.ts';
import type { Finding } from './finding.ts';

/** Operations that nobody can call, and those that everybody can whom no guardrail stops. */
export async function operationFindings(asking: Asking, set: PolicySet): Promise<Finding[]> {
  const all = set.policies.map(({ policy }) => policy);
  const own = set.policies.filter(({ guardrail }) => !guardrail).map(({ policy }) => policy);
  const findings: Finding[] = [];
  for (const environments of byAction(set.environments)) {
    const { id } = environments[0]!.action.uid;
    const finding = (
      code: 'NOBODY_CAN' | 'EVERYBODY_CAN',
      message: string,
      remedy: string,
      { certainty }: Extract<Sought, { found: false }>,
    ): Finding => ({
      code,
      severity: 'note',
      set: set.name,
      site: { file: set.file, line: 1, column: 1 },
      action: id,
      message,
      remedy,
      certainty,
    });
    const allowed = await seek(asking, environments, [{ policies: all, decision: 'allow' }]);
    if (!allowed.found) {
      findings.push(finding('NOBODY_CAN', `nobody can ${id}`, 'write a permit, if somebody should', allowed));
      continue;
    }
    const denied = await seek(asking, environments, [{ policies: own, decision: 'deny' }]);
    if (!denied.found) {
      findings.push(
        finding(
          'EVERYBODY_CAN',
          `everybody can ${id}, whatever the request`,
          'see that this is meant',
          denied,
        ),
      );
    }
  }
  return findings;
}

function byAction(environments: readonly Environment[]): readonly (readonly Environment[])[] {
  const found = new Map<string, Environment[]>();
  for (const environment of environments) {
    const key = entityKey(environment.action.uid);
    found.set(key, [...(found.get(key) ?? []), environment]);
  }
  return [...found.values()];
}
