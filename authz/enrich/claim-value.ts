import { isListOf, isMapOf } from '../item-shape.ts';

/**
 * A claim as a pre token generation trigger of version 2 or later may write it (Cognito Developer Guide, "Pre token
 * generation Lambda trigger": a string, number, Boolean, array or JSON object).
 */
export type ClaimValue =
  | string
  | number
  | boolean
  | readonly ClaimValue[]
  | { readonly [name: string]: ClaimValue };

export const isClaimValue = (value: unknown): value is ClaimValue =>
  ['string', 'number', 'boolean'].includes(typeof value) ||
  isListOf(isClaimValue)(value) ||
  isMapOf(isClaimValue)(value);
