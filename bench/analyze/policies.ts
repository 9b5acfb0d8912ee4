import type { Policy } from '../../cedar/ast.ts';
import { parseCedar } from '../../cedar/text/policies.ts';
import { type Schema, schemaOf } from '../../dsl/analyze/schema.ts';

const ACTIONS = 20;
const TEAMS = 10;

const SCHEMA = `
entity Group;
entity User in [Group] { tenant: String, age: Long, department: String, suspended: Bool, nick?: String };
entity Folder;
entity Doc in [Folder] {
  tenant: String, owner: User, public: Bool, size: Long, status: String, tags: Set<String>, readers: Set<User>,
};
action ${Array.from({ length: ACTIONS }, (_, index) => `act${index}`).join(', ')} appliesTo {
  principal: [User], resource: [Doc], context: { mfa: Bool, ip: ipaddr, now: datetime },
};
`;

const GUARDRAILS = `
forbid(principal, action, resource) when { principal.tenant != "acme" };
forbid(principal, action, resource) when { resource has tenant && !["acme"].contains(resource.tenant) };
forbid(principal, action, resource) when { principal.suspended };
`;

/** As people write them: most are about one action, some about several, few are forbids. */
function statement(index: number): string {
  const act = (more: number): string => `Action::"act${(index * 7 + more * 3) % ACTIONS}"`;
  const team = `principal in Group::"team${index % TEAMS}"`;
  switch (index % 10) {
    case 7:
      return `permit(${team}, action in [${act(0)}, ${act(1)}, ${act(2)}], resource)
        when { resource.public || resource.owner.department == principal.department || resource.size < ${index} }
        unless { !context.mfa };`;
    case 8:
      return `forbid(principal, action == ${act(0)}, resource)
        unless { principal.age + 1 > 17 && context.ip.isInRange(ip("10.0.0.0/8")) };`;
    case 9:
      return `permit(principal, action == ${act(0)}, resource in Folder::"f${index % 5}")
        when { principal has nick && principal.nick like "a*${index}" };`;
    default:
      return `permit(${team}, action == ${act(0)}, resource)
        when { resource.owner == principal && resource.tags.contains("t${index % 4}") && resource.status == "OPEN" };`;
  }
}

export interface Sample {
  readonly schema: Schema;
  readonly policies: readonly Policy[];
  /** Reads a policy more. */
  readonly read: (text: string) => Policy;
}

/** A set of so many policies, guardrails included. */
export function sampleOf(count: number): Sample {
  const policiesOf = (text: string): readonly Policy[] => parseCedar(text, 'bench.cedar').policies;
  const guardrails = policiesOf(GUARDRAILS);
  const own = Array.from({ length: count - guardrails.length }, (_, index) => statement(index)).join('\n');
  return {
    schema: schemaOf(SCHEMA),
    policies: [...guardrails, ...policiesOf(own)].map((policy, index) => ({ ...policy, id: `p${index}` })),
    read: (text) => ({ ...policiesOf(text)[0]!, id: 'edited' }),
  };
}
