import { holds, type RequestContext } from './conditions.ts';
import { readPolicy, type Patterns, type Principals, type Statement } from './policy-document.ts';
import { matchesPattern } from './wildcard.ts';

export interface AccessRequest {
  /** Documents in IAM's JSON grammar. A statement with a Principal holds only for that principal. */
  readonly policies: readonly object[];
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` for actions that name no resource. */
  readonly resource: string;
  /** The role that asks. Also the condition key `aws:PrincipalArn`. */
  readonly principalArn?: string;
  /** The AWS service that asks for itself: `apigateway.amazonaws.com`. */
  readonly service?: string;
  readonly context: RequestContext;
}

export type Verdict = 'allow' | 'explicit deny' | 'implicit deny';

/**
 * IAM's decision for one account: a Deny that holds wins, else an Allow that holds, else an implicit deny
 * (IAM User Guide, "Policy evaluation logic").
 * @throws UnsupportedPolicy rather than guess what a condition or element means
 */
export function evaluate(request: AccessRequest): Verdict {
  // Every statement is read and judged before any counts: one that cannot be judged spoils the decision.
  const effects = new Set(
    request.policies
      .flatMap(readPolicy)
      .filter((statement) => applies(statement, request))
      .map(({ effect }) => effect),
  );
  if (effects.has('Deny')) return 'explicit deny';
  return effects.has('Allow') ? 'allow' : 'implicit deny';
}

function applies({ actions, resources, principals, conditions }: Statement, request: AccessRequest): boolean {
  const context = { 'aws:PrincipalArn': request.principalArn, ...request.context };
  return (
    // Action names are not case-sensitive, ARNs are (IAM User Guide, "IAM JSON policy elements: Action").
    covers(actions, request.action, (text) => text.toLowerCase()) &&
    covers(resources, request.resource, (text) => text) &&
    (!principals || isAmong(principals, request)) &&
    conditions.every((condition) => holds(condition, context))
  );
}

const covers = ({ except, patterns }: Patterns, name: string, fold: (text: string) => string): boolean =>
  patterns.some((pattern) => matchesPattern(fold(pattern), fold(name))) !== except;

function isAmong(
  { everyone, arns, services }: Principals,
  { principalArn, service }: AccessRequest,
): boolean {
  if (everyone) return true;
  if (service !== undefined && services.includes(service)) return true;
  if (principalArn === undefined) return false;
  // An account's id or root ARN stands for all its principals (IAM User Guide, "AWS account principals").
  const account = principalArn.split(':')[4] ?? '';
  return [principalArn, account, `arn:aws:iam::${account}:root`].some((name) => arns.includes(name));
}
