import { isDeepStrictEqual } from 'node:util';
import { isJson } from '../aws/input.ts';
import type { Properties } from './resource.ts';

/**
 * A resource's inputs as they would be if the program had asked for what the service has now: where nobody changed
 * anything by hand, exactly the inputs. Only what the inputs name is looked at, however deep: all else is the
 * service's own default.
 */
export function observed(inputs: Properties, actual: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      name,
      name in actual ? asObserved(input, actual[name]) : input,
    ]),
  );
}

function asObserved(input: unknown, actual: unknown): unknown {
  if (isJson(input) && isJson(actual)) {
    // A member that the service no longer has is one that somebody took away.
    return Object.fromEntries(
      Object.entries(input).map(([name, inner]) => [name, asObserved(inner, actual[name])]),
    );
  }
  return actual;
}

/** The JSON text that was asked for while it says what the service has, else what the service has. */
export const observedText = (text: unknown, actual: unknown): string =>
  typeof text === 'string' && isDeepStrictEqual(parsed(text), actual) ? text : JSON.stringify(actual);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
