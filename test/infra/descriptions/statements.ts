import { ACCOUNT, REGION } from './aws-forms.ts';
import type { Authorization } from './authorization.ts';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

export const listed = (value: string | readonly string[]): readonly string[] => [value].flat();

/** Wildcards that stand for more than one thing -> why there is no narrower ARN. */
export const WIDE: Readonly<Record<string, string>> = {
  'verifiedpermissions:policy-store/*':
    'stores grow with the tenants: a policy that names each would outgrow the 10,240 characters that IAM takes',
  'ec2:*/*':
    '"include all resource IDs", in this form (Lambda Developer Guide, "Execution role and user permissions" for VPCs)',
  'apigateway:/restapis/*/stages/*/cache/authorizers':
    'the role is made before the APIs, whose ids are not known yet',
  'apigateway:/apis/*/stages/*/cache/authorizers': 'the same',
};

/** What a statement of a role's policy grants without need, or grants in vain. */
export function excesses(statement: Statement, { actions }: Pick<Authorization, 'actions'>): string[] {
  const { Effect, Action, Resource, ...others } = statement;
  const found = Object.keys(others).map((element) => `has ${element}, which is not judged here`);
  if (Effect !== 'Allow') found.push(`has the effect ${Effect}`);
  for (const action of listed(Action)) {
    const forms = actions[action];
    if (forms === undefined) found.push(`${action} is no action that the reference has`);
    else if (forms.length === 0) {
      if (!listed(Resource).includes('*'))
        found.push(`${action} takes no ARN, so that it is granted on nothing`);
    } else if (!listed(Resource).some((arn) => forms.some((form) => isOf(form, arn))))
      found.push(`${action} is granted on nothing that it may be granted on`);
  }
  for (const arn of listed(Resource)) {
    if (arn === '*') {
      const narrower = listed(Action).filter((action) => (actions[action] ?? []).length > 0);
      for (const action of narrower) found.push(`${action} on * though it takes an ARN`);
    } else if (isWide(arn)) found.push(`${arn} stands for more than one thing`);
    else if (!listed(Action).some((action) => actions[action]?.some((form) => isOf(form, arn))))
      found.push(`${arn} is nothing that its actions are about`);
  }
  return found;
}

/** `arn:aws:sqs:${Region}:${Account}:.*`; an ARN of a statement may have wildcards of its own. */
function isOf(form: string, arn: string): boolean {
  const pattern = form.replace('${Region}', REGION).replace('${Account}', ACCOUNT);
  if (new RegExp(`^${pattern}$`).test(arn)) return true;
  // All that an account has of a service: what the action is about is among it.
  return arn.endsWith(':*/*') && pattern.startsWith(arn.slice(0, -'*/*'.length));
}

function isWide(arn: string): boolean {
  const [, , service = '', , account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  // Of a log group, `:*` are its streams.
  if (!resource.includes('*') || (service === 'logs' && /^log-group:[^*]+:\*$/.test(resource))) return false;
  return !(`${service}:${resource}` in WIDE) || (service !== 'apigateway' && account !== ACCOUNT);
}
