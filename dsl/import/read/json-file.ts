import type { EntityUid, Policy, Site } from '../../../cedar/ast.ts';
import { isJson, list, record, string, uid } from '../../../cedar/expr-from-json.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { parseCedar } from '../../../cedar/text/policies.ts';
import { readJson } from './json-text.ts';
import type { Found, FoundLink, Source } from './source.ts';

/**
 * A file of Cedar's JSON form: a policy set (`staticPolicies`, `templates`, `templateLinks`), in which policies are
 * JSON or text, or a single policy.
 */
export function readJsonFile(text: string, file: string): Source {
  const errors: PolicyError[] = [];
  const start: Site = { file, line: 1, column: 1 };
  /** Runs a part. What is wrong in it is told at the nearest place that is known. */
  const attempt = <T>(site: Site, read: () => readonly T[]): readonly T[] => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      errors.push(error.site ? error : placed(error, site));
      return [];
    }
  };
  const [found, links] = attempt(start, () => [parts()])[0] ?? [[], []];
  return { found, links, header: [], footer: [], spanOf: () => undefined, errors };

  function parts(): [readonly Found[], readonly FoundLink[]] {
    const { value, siteOf } = readJson(text, file);
    const siteIn = (part: unknown, inside: unknown): Site => siteOf(part) ?? siteOf(inside) ?? start;
    const set = record(value);
    if ('effect' in set) return [[{ policy: policyAt(set, 'policy0', siteIn(set, set)), comments: [] }], []];
    const { staticPolicies = {}, templates = {}, templateLinks = [], ...unknown } = set;
    const [stranger] = Object.keys(unknown);
    if (stranger !== undefined)
      throw noPolicySet(`"${stranger.slice(0, 40)}" is nothing that a policy set has`, start);
    const from = (given: unknown): readonly Found[] =>
      entriesOf(given).flatMap(([id, one]) => {
        const site = siteIn(one, given);
        return attempt(site, () => [...policiesOf(one, id, site)]);
      });
    return [
      [...from(staticPolicies), ...from(templates)],
      list(templateLinks).flatMap((link) => {
        const site = siteIn(link, templateLinks);
        return attempt(site, () => [linkOf(link, site)]);
      }),
    ];
  }
}

/** One text of many policies, a list, or an object by id. */
function entriesOf(given: unknown): [id: string | undefined, policy: unknown][] {
  if (typeof given === 'string') return [[undefined, given]];
  if (Array.isArray(given)) return given.map((one: unknown, i) => [`policy${i}`, one]);
  return Object.entries(record(given));
}

function policiesOf(given: unknown, id: string | undefined, site: Site): Found[] {
  if (typeof given !== 'string') return [{ policy: policyAt(given, id ?? 'policy0', site), comments: [] }];
  // Lines of a text inside JSON are no lines of the file: its mistakes are told at the place of the text.
  const { policies, comments, errors } = parseCedar(given, site.file);
  const [error] = errors;
  if (error) throw placed(error, site);
  return policies.map((policy) => ({ policy: { ...policy, id: id ?? policy.id, at: site }, comments }));
}

function policyAt(json: unknown, id: string, site: Site): Policy {
  return { ...policyFromJson(json, id), at: site };
}

function linkOf(json: unknown, site: Site): FoundLink {
  const { templateId, newId, values, ...unknown } = record(json);
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined)
    throw noPolicySet(`"${stranger.slice(0, 40)}" is nothing that a link has`, site);
  const { '?principal': principal, '?resource': resource, ...others } = record(values);
  if (Object.keys(others).length > 0) throw noPolicySet('the link fills a slot that is none', site);
  return {
    id: string(newId),
    templateId: string(templateId),
    ...(principal !== undefined && { principal: entityUid(principal) }),
    ...(resource !== undefined && { resource: entityUid(resource) }),
    at: site,
  };
}

/** `{ type, id }`, also as `{ __entity: { type, id } }`. */
const entityUid = (json: unknown): EntityUid =>
  uid(isJson(json) && '__entity' in json ? json['__entity'] : json);

const placed = ({ code, message, remedy }: PolicyError, site: Site): PolicyError =>
  new PolicyError({ code, message, remedy, site });

const noPolicySet = (message: string, site: Site): PolicyError =>
  new PolicyError({
    code: 'IMPORT_NO_POLICY_SET',
    message,
    remedy:
      'give { staticPolicies, templates, templateLinks } or one policy, as the Cedar command line writes them',
    site,
  });
