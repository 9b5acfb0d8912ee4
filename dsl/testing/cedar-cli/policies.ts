import type { EntityUid } from '../../../cedar/ast.ts';
import { type ParseError, parsePolicy, type PolicySetSource } from '../../../cedar/engine.ts';
import { withExactLongs } from '../../../cedar/exact-long.ts';
import { isRecord } from '../request/value.ts';
import { entityOf } from './entity-uid.ts';
import { Unreadable } from './unreadable.ts';
import { statementsOf } from './statements.ts';

type Links = PolicySetSource['templateLinks'];

/** As the Cedar command line names a policy in JSON that stands alone. */
const LONE_POLICY = 'JSON policy';

/**
 * Policies and templates from Cedar text. An id is the annotation `@id`, else `policy0`, `policy1`, … by place, as the
 * Cedar command line has it.
 * @throws Unreadable
 */
export function policiesOfText(text: string): PolicySetSource {
  // Maps, because an id may be any text: `__proto__` would be lost in an object.
  const policies = new Map<string, string>();
  const templates = new Map<string, string>();
  for (const [index, statement] of statementsOf(text).entries()) {
    const parsed = parsePolicy(statement);
    if (!parsed.ok)
      throw new Unreadable(`policy ${index} of the file does not parse: ${causes(parsed.errors)}`);
    const id = annotatedId(parsed.json) ?? `policy${index}`;
    if (policies.has(id) || templates.has(id)) {
      throw new Unreadable(`there are two policies "${id}"`);
    }
    (isTemplate(parsed.json) ? templates : policies).set(id, statement);
  }
  return {
    staticPolicies: Object.fromEntries(policies),
    templates: Object.fromEntries(templates),
    templateLinks: [],
  };
}

const causes = (errors: readonly ParseError[]): string => errors.map(({ message }) => message).join('; ');

function annotatedId(policy: unknown): string | undefined {
  const annotations = isRecord(policy) ? policy['annotations'] : undefined;
  if (!isRecord(annotations) || !Object.hasOwn(annotations, 'id')) return undefined;
  const { id } = annotations;
  return typeof id === 'string' ? id : '';
}

const isTemplate = (policy: unknown): boolean =>
  isRecord(policy) && [policy['principal'], policy['resource']].some(hasSlot);

const hasSlot = (scope: unknown): boolean => isRecord(scope) && ('slot' in scope || hasSlot(scope['in']));

/** Policies in Cedar's JSON form: a whole set, or one policy or template alone. @throws Unreadable */
export function policiesOfJson(text: string): PolicySetSource {
  // Its integers would be rounded on their way into the engine.
  if (withExactLongs(text) !== text)
    throw new Unreadable('the JSON has integers past 2^53: write the policies as Cedar text');
  const json: unknown = JSON.parse(text);
  if (!isRecord(json)) throw new Unreadable('the JSON is no policy');
  const isSet = ['staticPolicies', 'templates', 'templateLinks'].some((name) => name in json);
  if (!isSet) {
    const lone = { [LONE_POLICY]: json };
    return isTemplate(json)
      ? { staticPolicies: {}, templates: lone, templateLinks: [] }
      : { staticPolicies: lone, templates: {}, templateLinks: [] };
  }
  const set: Partial<PolicySetSource> = JSON.parse(text);
  return { staticPolicies: {}, templates: {}, templateLinks: [], ...set };
}

/** Links as `cedar link` writes them: `[{ "template_id", "link_id", "args": { "?principal": "User::\"a\"" } }]`. */
export function linksOf(text: string): Links {
  const json: unknown = text.trim() === '' ? [] : JSON.parse(text);
  if (!Array.isArray(json)) throw new Unreadable('the links are no list');
  return json.map((link: unknown) => {
    if (!isRecord(link) || !isRecord(link['args']))
      throw new Unreadable('a link has no template_id, link_id and args');
    const { template_id: templateId, link_id: newId, args } = link;
    if (typeof templateId !== 'string' || typeof newId !== 'string') {
      throw new Unreadable('a link has no template_id and link_id');
    }
    const values = Object.entries(args).map(([slot, entity]) => [slot, argumentOf(entity)] as const);
    return { templateId, newId, values: Object.fromEntries(values) };
  });
}

function argumentOf(text: unknown): EntityUid {
  const entity = typeof text === 'string' ? entityOf(text) : undefined;
  if (entity) return entity;
  throw new Unreadable('an argument of a link names no entity: write User::"alice"');
}
