import { isIdentifier } from '../../../cedar/names.ts';
import type { Operation } from '../operations.ts';

/** A string literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** `op.listPets`, or `op['list-pets']`. */
const operationName = ({ key }: Operation): string =>
  isIdentifier(key) ? `op.${key}` : `op[${literal(key)}]`;

/** The scope of one operation, or of several. */
export const actionScope = (operations: readonly Operation[]): string =>
  operations.length === 1
    ? `.action(${operations.map(operationName).join('')})`
    : `.actions([${operations.map(operationName).join(', ')}])`;
