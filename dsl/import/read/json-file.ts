import type { EntityUid, Policy, Site } from '../../../cedar/ast.ts';
import { isJson, list, record, string, uid } from '../../../cedar/expr-from-json.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { readCedarFile } from './cedar-file.ts';
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
  const [policies, links] = attempt(start, () => [parts()])[0] ?? [[], []];
  return { found: policies, links, header: [], footer: [], spanOf: () => undefined, errors };

  function parts(): [readonly Found[], readonly FoundLink[]] {
    const { value, siteOf, siteIn } = readJson(text, file);
    const set = record(value);
    if ('effect' in set) return [[found(set, 'policy0', start)], []];
    const { staticPolicies = {}, templates = {}, templateLinks = [], ...unknown } = set;
    const [stranger] = Object.keys(unknown);
    if (stranger !== undefined)
      throw noPolicySet(`${brief(stranger)} is nothing that a policy set has`, start);
    const from = (given: unknown, whole: Site): readonly Found[] => {
      if (typeof given === 'string') return attempt(whole, () => textPolicies(given, whole));
      const entries = Array.isArray(given) ? [...given.entries()] : Object.entries(record(given));
      return entries.flatMap(([key, one]: [string | number, unknown]) => {
        const site = siteIn(given, key) ?? whole;
        return attempt(site, () => [found(one, typeof key === 'number' ? `policy${key}` : key, site)]);
      });
    };
    return [
      [
        ...from(staticPolicies, siteIn(set, 'staticPolicies') ?? start),
        ...from(templates, siteIn(set, 'templates') ?? start),
      ],
      list(templateLinks).flatMap((link) => {
        const site = siteOf(link) ?? start;
        return attempt(site, () => [linkOf(link, site)]);
      }),
    ];
  }
}

/** One policy under its id, as text or in JSON form. */
function found(given: unknown, id: string, site: Site): Found {
  if (typeof given !== 'string') return { policy: policyAt(given, id, site), comments: [] };
  const [only, another] = textPolicies(given, site);
  if (only && !another) return { ...only, policy: { ...only.policy, id } };
  throw noPolicySet(`${brief(id)} is not the text of one policy`, site);
}

/** Lines of a text inside JSON are no lines of the file: its mistakes are told at the place of the text. */
function textPolicies(text: string, site: Site): Found[] {
  const { found: policies, header, footer, errors } = readCedarFile(text, site.file);
  const [error] = errors;
  if (error) throw placed(error, site, ` (in the text, ${error.site?.line}:${error.site?.column})`);
  return policies.map(({ policy, comments }, i) => ({
    policy: { ...policy, at: site },
    comments: [...(i === 0 ? header : []), ...comments, ...(i === policies.length - 1 ? footer : [])],
  }));
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

const placed = ({ code, message, remedy }: PolicyError, site: Site, where = ''): PolicyError =>
  new PolicyError({ code, message: `${message}${where}`, remedy, site });

const brief = (name: string): string => JSON.stringify(name.slice(0, 40));

const noPolicySet = (message: string, site: Site): PolicyError =>
  new PolicyError({
    code: 'IMPORT_NO_POLICY_SET',
    message,
    remedy:
      'give { staticPolicies, templates, templateLinks } or one policy, as the Cedar command line writes them',
    site,
  });
