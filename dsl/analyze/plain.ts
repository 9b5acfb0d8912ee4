import { readFile } from 'node:fs/promises';
import type { EntityUid, Policy } from '../../cedar/ast.ts';
import { EngineError, validate } from '../../cedar/engine.ts';
import { siteAt } from '../../cedar/located.ts';
import { printLocated } from '../../cedar/print.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { parseCedar } from '../../cedar/text/policies.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { readSchema } from '../import/schema/read-schema.ts';
import { linksOf } from '../testing/cedar-cli/policies.ts';
import { Unreadable } from '../testing/cedar-cli/unreadable.ts';
import { environmentsOf } from './environments.ts';
import { linked } from './link-template.ts';
import type { AnalyzedPolicy, PolicySet } from './policy-set.ts';
import { readResolved, type Schema } from './schema.ts';

/** Files of somebody who has Cedar and nothing else of ours. */
export interface PlainFiles {
  /** Cedar's schema language, or its JSON form in a `.json` file. */
  readonly schema: string;
  readonly policies: string;
  /** Links of the templates among the policies, as `cedar link` writes them. */
  readonly links?: string;
}

/** Reads and validates a policy set in plain Cedar. @throws ProblemsError with everything that is wrong with it */
export async function readPlain({ schema, policies, links }: PlainFiles): Promise<PolicySet> {
  const [schemaText, text, linksText] = await Promise.all([
    textOf(schema),
    textOf(policies),
    links === undefined ? '' : textOf(links),
  ]);
  const read = readResolved(readSchema(schemaText, schema).schema);
  const all = linkAll(named(parsed(text, policies)), linksText, links ?? '');
  const invalid = findings(all, read);
  if (invalid.length > 0) throw new ProblemsError(invalid);
  return {
    name: policies,
    file: policies,
    schema: read,
    policies: all,
    environments: environmentsOf(read),
  };
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    const message = `${file} cannot be read${code}`;
    throw new ProblemsError([{ code: 'FILE', message, remedy: 'name a file that is there' }]);
  });
}

function parsed(text: string, file: string): readonly Policy[] {
  const { policies, errors } = parseCedar(text, file);
  if (errors.length > 0) throw new ProblemsError(errors.map(problemOf));
  return policies;
}

const problemOf = ({ code, message, remedy, site }: PolicyError): Problem => ({
  code,
  message,
  remedy,
  ...(site && { site }),
});

/** By `@id`, as the Cedar command line names them, else by position. */
function named(policies: readonly Policy[]): Policy[] {
  const seen = new Set<string>();
  return policies.map((policy) => {
    const id = policy.annotations['id'] ?? policy.id;
    if (seen.has(id)) {
      const message = `there are two policies "${id}"`;
      throw new ProblemsError([
        { code: 'DUPLICATE_ID', message, remedy: 'rename one', ...(policy.at && { site: policy.at }) },
      ]);
    }
    seen.add(id);
    return { ...policy, id };
  });
}

/** A template decides nothing but through its links. */
function linkAll(policies: readonly Policy[], text: string, file: string): AnalyzedPolicy[] {
  const site = { file, line: 1, column: 1 };
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const fromLinks = readLinks(text, file).map(({ templateId, newId, values }) => {
    const template = byId.get(templateId);
    if (template && isTemplate(template)) return { ...linked(template, values), id: newId };
    const message = `there is no template "${templateId}"`;
    throw new ProblemsError([{ site, code: 'LINK', message, remedy: 'link one of the policies file' }]);
  });
  const fixed = policies.filter((policy) => !isTemplate(policy));
  return [...fixed, ...fromLinks].map((policy) => ({
    id: policy.id,
    guardrail: false,
    policy,
    site: policy.at ?? site,
  }));
}

interface Link {
  readonly templateId: string;
  readonly newId: string;
  readonly values: Readonly<Record<string, EntityUid>>;
}

function readLinks(text: string, file: string): Link[] {
  try {
    return linksOf(text).map(({ templateId, newId, values }) => ({
      templateId,
      newId,
      values: Object.fromEntries(Object.entries(values).map(([slot, entity]) => [slot, uidOf(entity)])),
    }));
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof SyntaxError)) throw error;
    const remedy = 'write what `cedar link` writes';
    throw new ProblemsError([
      { site: { file, line: 1, column: 1 }, code: 'LINK', message: error.message, remedy },
    ]);
  }
}

const uidOf = (entity: object): EntityUid => ({ type: '', id: '', ...entity });

const isTemplate = ({ principal, resource }: Policy): boolean =>
  [principal, resource].some((scope) => 'entity' in scope && 'slot' in scope.entity);

/** Analysis speaks of what strict validation accepts, and of nothing else. */
function findings(policies: readonly AnalyzedPolicy[], { resolved }: Schema): Problem[] {
  const printed = printAll(policies);
  const texts = Object.fromEntries([...printed].map(([id, { text }]) => [id, text]));
  const sites = new Map(policies.map(({ id, site }) => [id, site]));
  try {
    return validate({ schema: resolved, policies: texts })
      .filter(({ severity, code }) => severity === 'error' && !NEVER.has(code))
      .map(({ policyId, code, message, help, start, end }) => {
        const place = siteAt(printed.get(policyId)!, start, end) ?? sites.get(policyId);
        return {
          ...(place && { site: place }),
          code,
          message: `${message}, in "${policyId}"`,
          remedy: help ?? 'correct the policy',
        };
      });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new ProblemsError([{ code: 'SCHEMA', message: error.message, remedy: 'correct the schema' }]);
  }
}

/** Some policies are Cedar and go beyond what an engine survives. */
function printAll(policies: readonly AnalyzedPolicy[]): Map<string, ReturnType<typeof printLocated>> {
  const problems: Problem[] = [];
  const printed = new Map<string, ReturnType<typeof printLocated>>();
  for (const { id, policy, site } of policies) {
    try {
      printed.set(id, printLocated(policy, { prefix: '' }));
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      problems.push({ site, ...problemOf(error) });
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return printed;
}

/** Valid policies, of which lint has more to say. */
const NEVER: ReadonlySet<string> = new Set(['IMPOSSIBLE_POLICY', 'ACTION_NEVER_APPLIES']);
