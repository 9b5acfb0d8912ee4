import { AwsError } from '../aws/service.ts';

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message);

export const notAuthorized = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);
