import { LRUCache } from 'lru-cache';
import { EngineError, type Finding, parsePolicy, validate } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import { LIMITS, utf8Bytes } from '../../cedar/limits.ts';
import { type ActionsAsked, actionsAsked, partOfSchema } from '../../cedar/part-of-schema.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { isJson, type Json } from '../aws/input.ts';
import { invalid, invalidFields, quotaExceeded } from './errors.ts';
import { policyScope, type PolicyScope } from './policy-scope.ts';
import type { Store } from './store.ts';

const PATH = 'definition.static.statement';

/**
 * Reads a static policy's scope, and in a store with validation checks the policy against the schema.
 * @throws AwsError ValidationException, ServiceQuotaExceededException
 */
export function checkStatement(store: Store, statement: string): PolicyScope {
  const bytes = utf8Bytes(statement);
  if (bytes > LIMITS.policyBytes)
    throw quotaExceeded(
      `The policy has ${bytes} bytes, at most ${LIMITS.policyBytes} are allowed`,
      'POLICY_STORE',
      store.policyStoreId,
    );
  try {
    const json = parse(statement);
    if (store.settings.mode === 'STRICT') checkAgainstSchema(store, statement, json);
    return policyScope(json);
  } catch (error) {
    // A text that breaks the engine is refused like any other that it cannot read; the engine starts anew by itself.
    if (error instanceof EngineError) throw invalid(PATH, error.message);
    throw error;
  }
}

function parse(statement: string): Json {
  const parsed = parsePolicy(statement);
  if (!parsed.ok)
    throw invalidFields(
      parsed.errors.map(({ message, help }) => ({
        path: PATH,
        message: help ? `${message} (${help})` : message,
      })),
    );
  if (!isJson(parsed.json)) throw invalid(PATH, 'the text is no policy');
  const { principal, resource } = parsed.json;
  if (/"slot":/.test(JSON.stringify([principal, resource])))
    throw invalid(PATH, 'a static policy may not contain the slots of a template');
  return parsed.json;
}

function checkAgainstSchema({ schema }: Store, statement: string, json: Json): void {
  const stored = schema.latest.get('schema');
  // The words that users of the service report.
  if (!stored) throw invalid(PATH, 'No schema present - automatically failing all validation.');
  const key = sha256Hex(`${stored.text}\0${statement}`);
  if (valid.has(key)) return;
  const mistakes = isValidInPart(stored.text, statement, json) ? [] : errorsIn(stored.json, statement);
  if (mistakes.length > 0)
    throw invalidFields(
      mistakes.map(({ code, message }) => ({ path: PATH, message: `${code}: ${message}` })),
    );
  valid.set(key, true);
}

/** By schema and text: stores have guardrails in common, and the engine takes up to 30 ms for one about any action. */
const valid = new LRUCache<string, true>({ max: 1000 });

const errorsIn = (schema: object, statement: string): readonly Finding[] =>
  validate({ schema, policies: { policy: statement } }).filter(({ severity }) => severity === 'error');

/** In the part of the schema that the policy is about: there it takes a tenth of the time. */
function isValidInPart(schema: string, statement: string, json: Json): boolean {
  const asked = askedBy(json);
  return asked !== 'all' && errorsIn(partOfSchema(JSON.parse(schema), asked), statement).length === 0;
}

function askedBy(json: Json): ActionsAsked {
  try {
    return actionsAsked(policyFromJson(json, 'policy'));
  } catch (error) {
    // What we cannot read, the engine may.
    if (error instanceof PolicyError) return 'all';
    throw error;
  }
}
