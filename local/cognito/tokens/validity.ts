import { optionalJson, optionalNumber, optionalText, type Json } from '../../aws/input.ts';
import { invalidParameter } from '../errors.ts';
import { oneOf } from '../fields.ts';

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof SECONDS;
const UNITS = Object.keys(SECONDS).filter((unit): unit is Unit => unit in SECONDS);

interface Span {
  readonly value: number;
  readonly unit: Unit;
}

/** How long each kind of token of a client lives. */
export interface Validity {
  readonly AccessToken: Span;
  readonly IdToken: Span;
  readonly RefreshToken: Span;
}

/** Defaults and bounds in seconds (Cognito API Reference, CreateUserPoolClient). */
const KINDS = {
  AccessToken: { value: 1, unit: 'hours', min: 300, max: 86_400 },
  IdToken: { value: 1, unit: 'hours', min: 300, max: 86_400 },
  RefreshToken: { value: 30, unit: 'days', min: 3600, max: 315_360_000 },
} as const;

/** @throws AwsError InvalidParameterException */
export function readValidity(input: Json): Validity {
  const units = optionalJson(input, 'TokenValidityUnits') ?? {};
  const read = (kind: keyof Validity): Span => {
    const { value, unit, min, max } = KINDS[kind];
    // Zero stands for the default.
    const span = {
      value: optionalNumber(input, `${kind}Validity`) || value,
      unit: oneOf(optionalText(units, kind), UNITS, `TokenValidityUnits.${kind}`) ?? unit,
    };
    const seconds = secondsOf(span);
    if (seconds < min || seconds > max)
      throw invalidParameter(`Invalid range for token validity: ${kind}Validity of ${seconds} seconds`);
    return span;
  };
  return { AccessToken: read('AccessToken'), IdToken: read('IdToken'), RefreshToken: read('RefreshToken') };
}

export const secondsOf = ({ value, unit }: Span): number => value * SECONDS[unit];

export const validityToWire = ({ AccessToken, IdToken, RefreshToken }: Validity): Json => ({
  AccessTokenValidity: AccessToken.value,
  IdTokenValidity: IdToken.value,
  RefreshTokenValidity: RefreshToken.value,
  TokenValidityUnits: {
    AccessToken: AccessToken.unit,
    IdToken: IdToken.unit,
    RefreshToken: RefreshToken.unit,
  },
});
