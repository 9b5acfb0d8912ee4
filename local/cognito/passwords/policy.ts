import { optionalFlag, optionalNumber, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { refuseOthers, within } from '../fields.ts';

export interface PasswordPolicy {
  readonly MinimumLength: number;
  readonly RequireUppercase: boolean;
  readonly RequireLowercase: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireSymbols: boolean;
  readonly TemporaryPasswordValidityDays: number;
}

/** Cognito Developer Guide, "Adding user pool password requirements". */
const LONGEST = 256;
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** Without a policy, the service's own default holds. @throws AwsError InvalidParameterException */
export function readPasswordPolicy(input: Json | undefined): PasswordPolicy {
  refuseOthers(input ?? {}, Object.keys(DEFAULT), 'PasswordPolicy.');
  if (!input) return DEFAULT;
  return {
    MinimumLength: within(optionalNumber(input, 'MinimumLength') ?? 6, 6, 99, 'MinimumLength'),
    RequireUppercase: optionalFlag(input, 'RequireUppercase') ?? false,
    RequireLowercase: optionalFlag(input, 'RequireLowercase') ?? false,
    RequireNumbers: optionalFlag(input, 'RequireNumbers') ?? false,
    RequireSymbols: optionalFlag(input, 'RequireSymbols') ?? false,
    TemporaryPasswordValidityDays: within(
      optionalNumber(input, 'TemporaryPasswordValidityDays') ?? 7,
      0,
      365,
      'TemporaryPasswordValidityDays',
    ),
  };
}

const DEFAULT: PasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

/** @throws AwsError InvalidPasswordException, naming the first requirement that is not met */
export function checkPassword(policy: PasswordPolicy, password: string): void {
  const refuse = (why: string): never => {
    throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${why}`);
  };
  if (password.length < policy.MinimumLength) refuse('Password not long enough');
  if (password.length > LONGEST) refuse('Password too long');
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) refuse('Password must have uppercase characters');
  if (policy.RequireLowercase && !/[a-z]/.test(password)) refuse('Password must have lowercase characters');
  if (policy.RequireNumbers && !/\d/.test(password)) refuse('Password must have numeric characters');
  if (policy.RequireSymbols && !SYMBOL.test(password)) refuse('Password must have symbol characters');
}
