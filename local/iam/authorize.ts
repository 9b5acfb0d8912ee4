import { AwsError, type Caller } from '../aws/service.ts';
import { evaluate, type AccessRequest, type Verdict } from './evaluate.ts';
import { createRoles, type Roles } from './roles.ts';
import { UnsupportedPolicy } from './unsupported-policy.ts';

export interface Access {
  readonly caller: Caller;
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` for actions that name no resource. */
  readonly resource: string;
  /** The policy attached to the resource itself. */
  readonly resourcePolicy?: object | undefined;
}

export interface Iam {
  readonly roles: Roles;
  /**
   * Refuses a call that the caller's role, or the resource's own policy, does not allow.
   * @throws AwsError AccessDeniedException
   */
  authorize(access: Access): void;
  /** Whether a service (`lambda.amazonaws.com`) may act as a role. */
  mayAssume(roleName: string, service: string): boolean;
}

export interface IamArgs {
  readonly account: string;
  /** Whom a caller is taken for whose access key id names no role: the person at this machine. */
  readonly securityRoleArn: string;
}

/**
 * Identity and access of the embedded cloud. An access key id that names a role acts as that role, with its inline
 * policies. Any other acts as the security role; its identity policies are not asked, because people's own rights are
 * not part of the stack, but policies on resources hold for it as for everybody.
 */
export function createIam({ account, securityRoleArn }: IamArgs): Iam {
  const roles = createRoles(account);
  return {
    roles,
    authorize({ caller, action, resource, resourcePolicy }) {
      const role = roles.get(caller.accessKeyId);
      const principalArn = role?.arn ?? securityRoleArn;
      const judge = (policies: readonly object[]): Verdict =>
        judged({ policies, action, resource, principalArn, context: {} });
      const byResource = judge(resourcePolicy ? [resourcePolicy] : []);
      if (byResource === 'explicit deny')
        throw denied(principalArn, action, resource, 'with an explicit deny in a resource-based policy');
      const byIdentity = role ? judge([...role.policies.values()]) : 'allow';
      if (byIdentity === 'explicit deny')
        throw denied(principalArn, action, resource, 'with an explicit deny in an identity-based policy');
      if (byResource !== 'allow' && byIdentity !== 'allow')
        throw denied(
          principalArn,
          action,
          resource,
          `because no identity-based policy allows the ${action} action`,
        );
    },
    mayAssume(roleName, service) {
      const role = roles.get(roleName);
      if (!role) return false;
      const { arn: resource, trust } = role;
      return (
        judged({ policies: [trust], action: 'sts:AssumeRole', resource, service, context: {} }) === 'allow'
      );
    },
  };
}

/** Fails closed, and says why: a condition that cannot be judged must not look like a missing right. */
function judged(request: AccessRequest): Verdict {
  try {
    return evaluate(request);
  } catch (error) {
    if (!(error instanceof UnsupportedPolicy)) throw error;
    throw new AwsError(
      'AccessDeniedException',
      `The embedded cloud cannot evaluate a policy for ${request.action}: ${error.message}`,
    );
  }
}

/** In the words of the IAM User Guide, "Troubleshoot access denied error messages". */
function denied(principalArn: string, action: string, resource: string, why: string): AwsError {
  const session = principalArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  return new AwsError(
    'AccessDeniedException',
    `User: ${session}/local is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}
