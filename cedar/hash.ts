import { createHash } from 'node:crypto';
import type { Policy } from './ast.ts';
import { type PrintOptions, printHead } from './print.ts';

const SCOPE_HASH_DIGITS = 16;

/** 64 hex digits of the text's UTF-8 form. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** 16 hex digits of effect and scope. @throws {PolicyError} when the scope has no Cedar text. */
export const scopeHash = (policy: Policy, options: PrintOptions): string =>
  sha256Hex(printHead(policy, options)).slice(0, SCOPE_HASH_DIGITS);
