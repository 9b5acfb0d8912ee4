import { isListOf, isText } from '../item-shape.ts';

/** A claim as a pre token generation trigger of version 2 or later may write it. */
export type ClaimValue = string | number | boolean | readonly string[];

export const isClaimValue = (value: unknown): value is ClaimValue =>
  ['string', 'number', 'boolean'].includes(typeof value) || isListOf(isText)(value);
