import { EngineError, parsePolicy, validate } from '../../cedar/engine.ts';
import { LIMITS, utf8Bytes } from '../../cedar/limits.ts';
import { isJson } from '../aws/input.ts';
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
    const scope = parse(statement);
    if (store.settings.mode === 'STRICT') checkAgainstSchema(store, statement);
    return scope;
  } catch (error) {
    // A text that breaks the engine is refused like any other that it cannot read; the engine starts anew by itself.
    if (error instanceof EngineError) throw invalid(PATH, error.message);
    throw error;
  }
}

function parse(statement: string): PolicyScope {
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
  return policyScope(parsed.json);
}

function checkAgainstSchema({ schema }: Store, statement: string): void {
  const stored = schema.latest.get('schema');
  // The words that users of the service report.
  if (!stored) throw invalid(PATH, 'No schema present - automatically failing all validation.');
  const mistakes = validate({ schema: stored.json, policies: { policy: statement } }).filter(
    ({ severity }) => severity === 'error',
  );
  if (mistakes.length > 0)
    throw invalidFields(
      mistakes.map(({ code, message }) => ({ path: PATH, message: `${code}: ${message}` })),
    );
}
