import { operands } from '../../../cedar/balance.ts';
import { printPolicy } from '../../../cedar/print.ts';
import type { Rule } from '../../testing/rules.ts';
import type { PolicySet } from '../policy-set.ts';

/** The policies of a set, in the parts that are explained. */
export const rulesOfSet = ({ policies }: PolicySet): Rule[] =>
  policies.map(({ id, guardrail, site, policy }) => ({
    id,
    guardrail,
    site,
    policy,
    text: printPolicy({ ...policy, annotations: {} }, { prefix: '' }),
    clauses: policy.clauses.map(({ kind, body, at }) => ({
      kind,
      site: at ?? site,
      of: body.kind === 'and' ? operands(body) : [body],
    })),
  }));
