import { LRUCache } from 'lru-cache';
import type { Policy } from '../../cedar/ast.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import type { Evaluated } from '../check/run.ts';
import type { SyntaxResult } from '../check/syntax.ts';
import type { Vocabulary } from './compile-together.ts';
import type { Tenant, TenantDefinition } from './tenant.ts';

const TENANTS = 5_000;

const memory = <T extends object>(): LRUCache<string, T> => new LRUCache<string, T>({ max: TENANTS });

/**
 * What earlier loads of this process found, each under the hash of all that it depends on: a tenant that did not change
 * costs its hash. It is in memory alone, where no tenant file reaches, and ends with the process, so with the code that
 * made it.
 */
export const syntaxOf = memory<SyntaxResult>();
/** Only of files that ran to their end: a limit of time or memory may not be reached the next time. */
export const definitionOf = memory<TenantDefinition>();
export const guardrailsOf = memory<{ readonly policies: readonly Policy[] }>();
/** By the model. One is in use; another, while the API is being changed. */
export const vocabularyOf = new LRUCache<string, Vocabulary>({ max: 2 });
export const compiledOf = memory<Evaluated<Tenant>>();

/** No two different lists have the same. */
export const keyOf = (...parts: readonly string[]): string => sha256Hex(JSON.stringify(parts));
