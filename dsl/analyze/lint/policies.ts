import type { Policy } from '../../../cedar/ast.ts';
import { canErr } from '../../../cedar/known.ts';
import { applicable, type Environment } from '../environments.ts';
import { type Asking, seek } from '../everywhere.ts';
import type { AnalyzedPolicy, PolicySet } from '../policy-set.ts';
import type { Certainty } from '../verdict.ts';
import { clauseFindings } from './clauses.ts';
import { type Finding, type LintCode, severityOf } from './finding.ts';
import { alone, type Subject } from './subject.ts';

/** What is to be said of one policy. Guardrails are common to all tenants, and may have nothing to do in one. */
export async function policyFindings(
  asking: Asking,
  set: PolicySet,
  own: AnalyzedPolicy,
): Promise<Finding[]> {
  if (own.guardrail) return [];
  const { policy } = own;
  const environments = applicableTo(policy, set);
  const all = set.policies.map((each) => each.policy);
  const subject: Subject = { own, set, environments, all, others: all.filter((other) => other !== policy) };
  const permits = policy.effect === 'permit';
  const decides = await seek(asking, environments, [
    { policies: all, decision: permits ? 'allow' : 'deny' },
    { policies: subject.others, decision: permits ? 'deny' : 'allow' },
  ]);
  if (decides.found) return clauseFindings(asking, subject);
  return [await uselessness(asking, subject, decides.certainty)];
}

const applicableTo = (policy: Policy, { environments, schema }: PolicySet): Environment[] =>
  environments.filter((environment) => applicable([policy], environment, schema).length > 0);

/** Why a policy decides nothing. */
async function uselessness(asking: Asking, subject: Subject, sure: Certainty): Promise<Finding> {
  const { own, set, environments, all } = subject;
  const { policy, id } = own;
  const finding = (code: LintCode, message: string, remedy: string, certainty: Certainty): Finding => ({
    code,
    severity: severityOf(certainty),
    set: set.name,
    site: own.site,
    policy: id,
    message,
    remedy,
    certainty,
  });
  const matches = await seek(asking, environments, [{ policies: [alone(policy)], decision: 'allow' }]);
  if (!matches.found) {
    const message = `"${id}" never applies: no request that can come meets it`;
    return finding('NEVER_APPLIES', message, 'correct its conditions, or remove it', matches.certainty);
  }
  if (policy.effect === 'forbid') {
    const message = `"${id}" is never reached: what it forbids is denied without it`;
    return finding('FORBID_NEVER_REACHED', message, 'remove it, or keep it as a precaution and say so', sure);
  }
  const forbids = all.filter(({ effect }) => effect === 'forbid');
  const survives = await seek(asking, environments, [{ policies: [policy, ...forbids], decision: 'allow' }]);
  if (!survives.found) {
    const message = `"${id}" allows nothing: a forbid denies all that it permits`;
    return finding(
      'OVERRIDDEN_PERMIT',
      message,
      'correct it or the forbid, or remove it',
      survives.certainty,
    );
  }
  const by = await coveredBy(asking, subject);
  const message = `"${id}" is shadowed: ${by} all that it permits`;
  return (await narrows(asking, subject))
    ? finding(
        'SHADOWED_PERMIT',
        `${message}; but where it errs, it denies`,
        'see that denying there is not what it is for, then remove it',
        sure,
      )
    : finding('SHADOWED_PERMIT', message, 'remove it', sure);
}

/** Which permit allows all of it, if one alone does. */
async function coveredBy(
  asking: Asking,
  { own: { policy }, environments, others }: Subject,
): Promise<string> {
  for (const other of others.filter(({ effect }) => effect === 'permit')) {
    const beyond = await seek(asking, environments, [
      { policies: [policy], decision: 'allow' },
      { policies: [other], decision: 'deny' },
    ]);
    if (!beyond.found && beyond.certainty.kind === 'proved') return `"${other.id}" allows`;
  }
  return 'other permits allow';
}

/** Whether removing a permit would open something, because it denies where it errs. */
async function narrows(
  asking: Asking,
  { own: { policy }, environments, all, others }: Subject,
): Promise<boolean> {
  if (asking.semantics === 'cedar' || !policy.clauses.some(({ body }) => canErr(body))) return false;
  const { found } = await seek(asking, environments, [
    { policies: all, decision: 'deny' },
    { policies: others, decision: 'allow' },
  ]);
  return found;
}
