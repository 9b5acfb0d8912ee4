import type { EntityUid } from '../../cedar/ast.ts';
import type { AuthorizationRequest, CedarJson } from '../../cedar/engine.ts';
import type { Json } from '../aws/input.ts';
import { checkCedarRecord, parseCedarJson, readAttributes, readEntity } from './cedar-value.ts';
import { readOptionalObject, readObject, readText } from './fields.ts';

/** One question of a client, without its entities. */
export type Question = Omit<AuthorizationRequest, 'entities'>;

/**
 * Reads a question. AWS lets clients leave principal, action or resource out; here that is refused, because nothing
 * says what such a question decides.
 * @throws AwsError ValidationException
 */
export function readQuestion(input: Json, prefix = ''): Question {
  const principal = readEntity(readObject(input, 'principal', prefix), `${prefix}principal`);
  return { principal, ...readMatter(input, prefix) };
}

/** What a question is about, whoever asks it. @throws AwsError ValidationException */
export function readMatter(input: Json, prefix = ''): Omit<Question, 'principal'> {
  return {
    action: readAction(readObject(input, 'action', prefix), `${prefix}action.`),
    resource: readEntity(readObject(input, 'resource', prefix), `${prefix}resource`),
    context: readContext(readOptionalObject(input, 'context', prefix), `${prefix}context`),
  };
}

const readAction = (input: Json, prefix: string): EntityUid => ({
  type: readText(input, 'actionType', 'actionType', prefix),
  id: readText(input, 'actionId', 'actionId', prefix),
});

function readContext(definition: Json | undefined, path: string): Readonly<Record<string, CedarJson>> {
  if (!definition) return {};
  const { cedarJson, contextMap } = definition;
  if (cedarJson === undefined) return readAttributes(contextMap, `${path}.contextMap`);
  return checkCedarRecord(parseCedarJson(cedarJson, `${path}.cedarJson`), `${path}.cedarJson`);
}
