import { LRUCache } from 'lru-cache';
import { EngineError, validate } from '../../../cedar/engine.ts';
import { LIMITS, utf8Bytes } from '../../../cedar/limits.ts';
import { isJson, type Json } from '../../aws/input.ts';
import { readActionHierarchy } from '../action-hierarchy.ts';
import { invalid, notFound, quotaExceeded } from '../errors.ts';
import { readObject, readText } from '../fields.ts';
import type { State } from '../state.ts';
import type { StoredSchema } from '../store.ts';
import type { Operations } from './operations.ts';

const PATH = 'definition.cedarJson';

/** Reserved (Verified Permissions User Guide, "Differences from the Cedar policy language"). */
const RESERVED = ['aws', 'amazon', 'cedar'];

/** A store's schema. Policies that are there already are not validated again (API Reference, PutSchema). */
export function schemaOperations(state: State): Operations {
  return {
    PutSchema(input) {
      const store = state.find(input);
      const { policyStoreId } = store;
      const text = readText(readObject(input, 'definition'), 'cedarJson', 'schema', 'definition.');
      const bytes = utf8Bytes(text);
      if (bytes > LIMITS.schemaBytes)
        throw quotaExceeded(
          `The schema has ${bytes} bytes, at most ${LIMITS.schemaBytes} are allowed`,
          'POLICY_STORE',
          policyStoreId,
        );
      const lastUpdatedDate = state.date();
      const createdDate = store.schema.latest.get('schema')?.createdDate ?? lastUpdatedDate;
      const read = readSchema(text);
      store.schema.write('schema', read && { ...read, text, createdDate, lastUpdatedDate });
      return { policyStoreId, namespaces: read?.namespaces ?? [], createdDate, lastUpdatedDate };
    },
    GetSchema(input) {
      const { policyStoreId, schema } = state.find(input);
      const stored = schema.visible().get('schema');
      if (!stored) throw notFound('SCHEMA', policyStoreId);
      const { text, namespaces, createdDate, lastUpdatedDate } = stored;
      return { policyStoreId, schema: text, namespaces, createdDate, lastUpdatedDate };
    },
  };
}

type ReadSchema = Pick<StoredSchema, 'json' | 'namespaces' | 'actionGroups'>;

/** Valid ones, by their text: most stores have the same as many others, and the engine takes 20 ms to read it. */
const valid = new LRUCache<string, ReadSchema>({ max: 50 });

/** Undefined for `{}`, which takes the schema away. */
function readSchema(text: string): ReadSchema | undefined {
  const known = valid.get(text);
  if (known) return known;
  const json = parse(text);
  const [namespace, ...more] = Object.keys(json);
  if (namespace === undefined) return undefined;
  if (more.length > 0) throw invalid(PATH, 'the schema may have only one namespace');
  if (namespace === '' || namespace.split('::').some((part) => RESERVED.includes(part.toLowerCase())))
    throw invalid(PATH, `the namespace '${namespace}' is empty or reserved`);
  try {
    validate({ schema: json, policies: {} });
  } catch (error) {
    if (error instanceof EngineError) throw invalid(PATH, error.message);
    throw error;
  }
  const definition = json[namespace];
  const read = {
    json,
    namespaces: [namespace],
    actionGroups: readActionHierarchy(namespace, isJson(definition) ? definition : {}),
  };
  valid.set(text, read);
  return read;
}

function parse(text: string): Json {
  try {
    const json: unknown = JSON.parse(text);
    if (isJson(json)) return json;
  } catch {
    // Falls through: text that is no JSON and JSON that is no object are the same mistake.
  }
  throw invalid(PATH, 'the schema is not a JSON object');
}
