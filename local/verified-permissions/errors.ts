import { AwsError } from '../aws/service.ts';

export type ResourceType = 'POLICY_STORE' | 'POLICY' | 'SCHEMA' | 'IDENTITY_SOURCE';

/** @param path of the field at fault: `definition.static.statement` */
export const invalid = (path: string, message: string): AwsError => invalidFields([{ path, message }]);

/** AWS says "Invalid input" and leaves the reasons to `fieldList`, which many clients do not show. */
export const invalidFields = (
  fieldList: readonly { readonly path: string; readonly message: string }[],
): AwsError =>
  new AwsError(
    'ValidationException',
    `Invalid input: ${fieldList.map(({ message }) => message).join('; ')}`,
    {
      fieldList,
    },
  );

export const notFound = (resourceType: ResourceType, resourceId: string): AwsError =>
  new AwsError(
    'ResourceNotFoundException',
    `The resource ${resourceId} of type ${resourceType} was not found`,
    {
      resourceId,
      resourceType,
    },
  );

export const conflict = (message: string, resourceType: ResourceType, resourceId: string): AwsError =>
  new AwsError('ConflictException', message, { resources: [{ resourceId, resourceType }] });

export const quotaExceeded = (message: string, resourceType: ResourceType, resourceId: string): AwsError =>
  new AwsError('ServiceQuotaExceededException', message, {
    resourceId,
    resourceType,
    serviceCode: 'verifiedpermissions',
  });
