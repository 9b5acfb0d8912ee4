import type { ContextAttribute, ValueType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { checkAttributeName } from './attributes.ts';
import { expectKeys, suggest, textOf } from './fields.ts';
import type { Parameter } from './parameters.ts';
import { valueTypes } from './value-type.ts';

/** What only the gateway knows, besides headers and query. */
const GATEWAY_FACTS: Readonly<Record<string, ContextAttribute>> = {
  sourceIp: { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } },
  time: { type: { kind: 'datetime' }, required: true, from: { source: 'time' } },
};

/** A header or query parameter is text on the wire: these types can be told from text without a doubt. */
const SCALARS: ReadonlySet<ValueType['kind']> = new Set([
  'String', 'Long', 'Bool', 'decimal', 'datetime', 'ipaddr',
]); // prettier-ignore

/** Secrets: a policy that compared one would put it into the store, and a decision record into the log. */
const CREDENTIALS = new Set(['authorization', 'cookie', 'x-api-key', 'proxy-authorization']);

/**
 * The `context` of an operation or domain action:
 * `{ reason: { header: X-Reason }, page: { query: page }, ip: sourceIp, at: time, total: { backend: { type: integer } } }`.
 * @param parameters of the operation; a domain action has none
 */
export function contextOf(
  api: Api,
  names: Names,
  place: Place | undefined,
  parameters: readonly Parameter[],
): Record<string, ContextAttribute> {
  if (place && place.kind !== 'map') {
    api.report(place.site, 'BAD_VALUE', 'this is no map', 'write name: where it comes from');
  }
  return Object.fromEntries(
    (place?.entries() ?? []).flatMap((entry) => {
      if (!checkAttributeName(entry.key, entry.keySite, [], api.report)) return [];
      const attribute = contextAttribute(api, names, entry.value, parameters);
      return attribute ? [[entry.key, attribute] as const] : [];
    }),
  );
}

function contextAttribute(
  api: Api,
  names: Names,
  place: Place,
  parameters: readonly Parameter[],
): ContextAttribute | undefined {
  const { report } = api;
  if (place.kind === 'scalar') {
    const name = textOf(place, report) ?? '';
    if (Object.hasOwn(GATEWAY_FACTS, name)) return GATEWAY_FACTS[name];
    const message = `"${name}" is nothing that the gateway knows`;
    return report(place.site, 'UNKNOWN_NAME', message, suggest(name, Object.keys(GATEWAY_FACTS)));
  }
  expectKeys(place, ['header', 'query', 'backend'], report);
  const [source, ...more] = place.entries();
  if (!source || more.length > 0) {
    return report(place.site, 'BAD_VALUE', 'a value has one source', 'name one of header, query, backend');
  }
  if (source.key === 'backend') return fromBackend(api, names, source.value);
  if (source.key === 'header' || source.key === 'query') {
    return fromParameter(api, names, source.key, source.value, parameters);
  }
  return undefined;
}

/** A value that only the service knows. It is optional where its schema allows null. */
function fromBackend(api: Api, names: Names, schema: Place): ContextAttribute | undefined {
  const attribute = valueTypes(api, names).readAttribute([[schema]], true);
  return attribute && checkPlain(api, schema, { ...attribute, from: { source: 'backend' } });
}

function fromParameter(
  api: Api,
  names: Names,
  source: 'header' | 'query',
  place: Place,
  parameters: readonly Parameter[],
): ContextAttribute | undefined {
  const { report } = api;
  const written = textOf(place, report);
  if (written === undefined) return undefined;
  const name = source === 'header' ? written.toLowerCase() : written;
  if (source === 'header' && CREDENTIALS.has(name)) {
    const message = `header ${written} carries a credential`;
    return report(place.site, 'CREDENTIAL', message, 'decide on claims of the verified token instead');
  }
  const candidates = parameters.filter((parameter) => parameter.in === source);
  const parameter = candidates.find((candidate) => candidate.name === name);
  if (!parameter) {
    const message = `the operation declares no ${source} parameter "${written}"`;
    const known = candidates.map((candidate) => candidate.name);
    return report(
      place.site,
      'UNDECLARED_PARAMETER',
      message,
      known.length > 0 ? suggest(name, known) : 'declare it',
    );
  }
  const schema = parameter.schema;
  if (!schema) {
    const message = `parameter "${written}" has no schema`;
    return report(place.site, 'UNSUPPORTED_TYPE', message, 'describe it with schema, not with content');
  }
  const attribute = valueTypes(api, names).readAttribute([[schema]], parameter.required);
  if (!attribute) return undefined;
  if (!SCALARS.has(attribute.type.kind)) {
    const message = `parameter "${written}" is more than one plain value`;
    return report(schema.site, 'UNSUPPORTED_TYPE', message, 'take it out of the context');
  }
  const description = parameter.description ?? attribute.description;
  return { ...attribute, from: { source, name }, ...(description !== undefined && { description }) };
}

/** Contexts hold no entities: nothing would say where their attributes come from. */
function checkPlain(
  { report }: Api,
  place: Place,
  attribute: ContextAttribute,
): ContextAttribute | undefined {
  const holdsEntity = (type: ValueType): boolean =>
    type.kind === 'Entity' ||
    (type.kind === 'Set' && holdsEntity(type.of)) ||
    (type.kind === 'Record' && Object.values(type.attributes).some((inner) => holdsEntity(inner.type)));
  if (!holdsEntity(attribute.type)) return attribute;
  return report(
    place.site,
    'UNSUPPORTED_TYPE',
    'a context holds no entities',
    'give an attribute of the resource',
  );
}
