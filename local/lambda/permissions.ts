import { evaluate } from '../iam/evaluate.ts';

/** An AWS service that invokes a function, on behalf of one of its own resources. */
export interface Source {
  /** `cognito-idp.amazonaws.com` */
  readonly service: string;
  /** ARN of the user pool, or of the API's authorizer. */
  readonly arn: string;
  readonly account: string;
}

export interface Permission {
  readonly action: string;
  readonly principal: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
}

/** The resource-based policy of a function: which services may invoke it, by statement id. */
export interface FunctionPolicy {
  put(statementId: string, permission: Permission): void;
  remove(statementId: string): void;
  has(statementId: string): boolean;
  allows(source: Source, functionArn: string): boolean;
}

export function createFunctionPolicy(): FunctionPolicy {
  const permissions = new Map<string, Permission>();
  return {
    put: (statementId, permission) => void permissions.set(statementId, permission),
    remove: (statementId) => void permissions.delete(statementId),
    has: (statementId) => permissions.has(statementId),
    allows({ service, arn, account }, functionArn) {
      const statements = [...permissions.values()].map((permission) => statementOf(permission, functionArn));
      const verdict = evaluate({
        policies: [{ Version: '2012-10-17', Statement: statements }],
        action: 'lambda:InvokeFunction',
        resource: functionArn,
        service,
        context: { 'aws:SourceArn': arn, 'aws:SourceAccount': account },
      });
      return verdict === 'allow';
    },
  };
}

/** As AddPermission writes it (Lambda Developer Guide, "Working with resource-based IAM policies in Lambda"). */
const statementOf = (
  { action, principal, sourceArn, sourceAccount }: Permission,
  functionArn: string,
): object => ({
  Effect: 'Allow',
  Principal: { Service: principal },
  Action: action,
  Resource: functionArn,
  Condition: {
    ...(sourceArn && { ArnLike: { 'aws:SourceArn': sourceArn } }),
    ...(sourceAccount && { StringEquals: { 'aws:SourceAccount': sourceAccount } }),
  },
});
