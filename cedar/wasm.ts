import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type {
  AuthorizationAnswer,
  CheckParseAnswer,
  ValidationAnswer,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicySetSource, SchemaRequest } from './policy-set.ts';

type Package = typeof import('@cedar-policy/cedar-wasm/nodejs');

/** The package's own types ask for mutable arguments, though every call copies them as JSON. */
export type Cedar = Omit<
  Package,
  'statefulIsAuthorized' | 'validate' | 'preparsePolicySet' | 'preparseSchema'
> & {
  statefulIsAuthorized(
    call: SchemaRequest & {
      preparsedPolicySetId: string;
      preparsedSchemaName?: string;
      validateRequest?: boolean;
    },
  ): AuthorizationAnswer;
  validate(call: { schema: string | object; policies: Policies }): ValidationAnswer;
  preparsePolicySet(name: string, policies: Policies): CheckParseAnswer;
  preparseSchema(name: string, schema: string | object): CheckParseAnswer;
};
type Policies = { readonly staticPolicies: string | Readonly<Record<string, string>> } | PolicySetSource;

/** The engine could not answer. Never a decision: whoever asks must fail closed. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** The engine works, and will not evaluate this request: it is at fault itself. */
export class RequestRefused extends EngineError {}

// The package's ESM entry is for bundlers only, so its CommonJS entry is required.
const MODULE = '@cedar-policy/cedar-wasm/nodejs';
const require = createRequire(import.meta.url);

// V8 of Node 20 aborts the whole process ("unreachable code" in the deoptimizer) when optimized code that calls
// WebAssembly directly is invalidated during a call which returns an object, as all calls of the engine do.
// Measured: one abort in some 100,000 decisions; none without the direct calls, which save nothing here.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

let loaded: Cedar | undefined;

/**
 * Calls the engine. One that threw is never called again: after a stack overflow inside WebAssembly
 * ("memory access out of bounds") every later call of the same instance fails, so a new one is loaded (about 20 ms).
 * @throws {EngineError} when the engine throws. Its text is left out, because it may quote values of the request.
 */
export function withEngine<T>(call: (cedar: Cedar) => T): T {
  const cedar: Cedar = (loaded ??= require(MODULE));
  try {
    return call(cedar);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    loaded = undefined;
    delete require.cache[require.resolve(MODULE)];
    throw new EngineError(`the policy engine failed (${error instanceof Error ? error.name : typeof error})`);
  }
}
