import type { Policy } from '../../cedar/ast.ts';
import { parsePolicy } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import { PolicyError } from '../../cedar/policy-error.ts';

/**
 * Reads the text of one static policy. Ids of principals and groups keep the prefix that is printed in them.
 * @throws {PolicyError} when it is no text of one policy, is a template, or holds what projection cannot read exactly
 */
export function readPolicy(id: string, statement: string): Policy {
  const parsed = parsePolicy(statement);
  if (!parsed.ok) {
    const [first] = parsed.errors;
    throw new PolicyError({
      code: 'SYNTAX',
      message: `${first?.message ?? 'the text is no policy'} (byte ${first?.start ?? 0})`,
      remedy: 'store the text of exactly one policy',
    });
  }
  const policy = policyFromJson(parsed.json, id);
  if (hasSlot(policy)) {
    throw new PolicyError({
      code: 'TEMPLATE_UNLINKED',
      message: 'the text is a template',
      remedy: 'replace its slots by entities',
    });
  }
  return policy;
}

const hasSlot = ({ principal, resource }: Policy): boolean =>
  [principal, resource].some((scope) => 'entity' in scope && 'slot' in scope.entity);
