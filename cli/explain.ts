import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withExactLongs, textWithExactLongs } from '../cedar/exact-long.ts';
import { explainer, type Explanation } from '../dsl/analyze/explain/explanation.ts';
import { plainRequest } from '../dsl/analyze/explain/plain-request.ts';
import { explainRecord, type RecordedExplanation } from '../dsl/analyze/explain/recorded.ts';
import { rulesOfSet } from '../dsl/analyze/explain/rules-of-set.ts';
import { sourceTexts } from '../dsl/analyze/explain/source-text.ts';
import { explanationText } from '../dsl/analyze/explain/text.ts';
import { readPlain } from '../dsl/analyze/plain.ts';
import { linesOf } from '../dsl/analyze/replay/lines.ts';
import { readRecord } from '../dsl/analyze/replay/record.ts';
import type { Semantics } from '../dsl/analyze/verdict.ts';
import { ProblemsError } from '../dsl/check/problem.ts';
import { RequestMistake } from '../dsl/testing/request/mistake.ts';
import { subjectOf } from '../dsl/testing/subject.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Ending } from './ending.ts';
import { Expected } from './fail.ts';
import { lastDenied } from './last-denied.ts';
import { loadProject } from './policy-sets.ts';

/** What is to be explained: a request of a tenant, one of plain Cedar, or one that was recorded. */
export type Explained =
  | {
      readonly of: 'tenant';
      readonly tenant: string;
      readonly as?: string;
      readonly principal?: string;
      readonly action: string;
      readonly resource?: string;
      readonly context?: string;
      readonly phase: 'gateway' | 'backend';
    }
  | {
      readonly of: 'plain';
      readonly schema: string;
      readonly policies: string;
      readonly links?: string;
      readonly principal: string;
      readonly action: string;
      readonly resource: string;
      readonly context?: string;
      readonly entities?: string;
    }
  | { readonly of: 'record'; readonly record: string; readonly id?: string }
  | { readonly of: 'last denied' };

/** `cedarwright explain`. @throws ProblemsError for a request that cannot be, Expected when there is nothing to explain */
export async function explain(
  root: string,
  what: Explained,
  how: { semantics: Semantics; json: boolean },
): Promise<Ending> {
  const explanation = await explanationOf(root, what, how.semantics);
  const output = how.json ? textWithExactLongs(explanation) : explanationText(explanation);
  return { output, exitCode: 0 };
}

async function explanationOf(
  root: string,
  what: Explained,
  semantics: Semantics,
): Promise<Explanation | RecordedExplanation> {
  switch (what.of) {
    case 'plain':
      return explainPlain(what, semantics);
    case 'tenant':
      return explainTenant(root, what, semantics);
    case 'record':
      return explainLine(root, await recordLine(root, what), semantics);
    default: {
      const { reason, where, record } = await lastDenied(root);
      if (record === undefined) {
        throw new Expected(`the ${where} refused it before it asked any policy: ${reason}`);
      }
      return explainLine(root, record, semantics);
    }
  }
}

async function explainPlain(
  what: Extract<Explained, { of: 'plain' }>,
  semantics: Semantics,
): Promise<Explanation> {
  const set = await readPlain(what);
  const request = plainRequest(
    {
      ...what,
      context: await jsonOf(what.context, '--context', {}),
      entities: await jsonOf(what.entities, '--entities', []),
    },
    set.schema,
  );
  return explainer(
    { name: set.name, rules: rulesOfSet(set), prefix: '', source: () => undefined },
    semantics,
  )(request);
}

async function explainTenant(
  root: string,
  what: Extract<Explained, { of: 'tenant' }>,
  semantics: Semantics,
): Promise<Explanation> {
  const { model, tenants } = await loadProject(root);
  const tenant = tenantOf(tenants, what.tenant);
  const subject = subjectOf(root, { model, tenant, phase: what.phase });
  const given = {
    principal: what.as ?? (await jsonOf(what.principal, '--principal', {})),
    action: what.action,
    resource: await jsonOf(what.resource, '--resource', undefined),
    context: await jsonOf(what.context, '--context', {}),
  };
  try {
    const { request } = subject.examine(given);
    const rules = { name: tenant.slug, rules: subject.rules, prefix: tenant.slug, source: sourcesIn(root) };
    return explainer(rules, semantics)(request);
  } catch (error) {
    if (error instanceof RequestMistake) throw new ProblemsError([error.problem]);
    throw error;
  }
}

async function explainLine(root: string, line: string, semantics: Semantics): Promise<RecordedExplanation> {
  const { model, tenants } = await loadProject(root);
  const record = readRecord(line, model);
  if (!record) throw new Expected('the line is no decision record — see npx cedarwright explain --help');
  const tenant = tenantOf(tenants, record.tenant);
  const explanation = explainRecord(record, { model, tenant, source: sourcesIn(root) }, semantics);
  if (explanation) return explanation;
  throw new Expected(`the API has no action "${record.action}" any more`);
}

/** The line of the decision that is asked for, else the last record of the file. */
async function recordLine(
  root: string,
  { record: file, id }: Extract<Explained, { of: 'record' }>,
): Promise<string> {
  const { model } = await loadProject(root);
  let found: string | undefined;
  for await (const line of linesOf(await existing(file))) {
    const record = line === undefined ? undefined : readRecord(line, model);
    if (record && (id === undefined || record.decisionId === id)) found = line;
  }
  if (found !== undefined) return found;
  throw new Expected(`there is no decision record${id === undefined ? '' : ` ${id}`} in ${file}`);
}

async function existing(file: string): Promise<string> {
  if (file === '-' || existsSync(file)) return file;
  throw new Expected(`there is no file ${file}`);
}

function tenantOf(tenants: readonly Tenant[], slug: string): Tenant {
  const tenant = tenants.find((each) => each.slug === slug);
  if (tenant) return tenant;
  throw new Expected(`there is no tenant "${slug}" in tenants/`);
}

const sourcesIn = (root: string) =>
  sourceTexts((file) => {
    const absolute = path.join(root, file);
    return existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
  });

/** JSON as it is given, or `@file`. */
async function jsonOf(given: string | undefined, option: string, otherwise: unknown): Promise<unknown> {
  if (given === undefined) return otherwise;
  const text = given.startsWith('@')
    ? await readFile(given.slice(1), 'utf8').catch(() => {
        throw new Expected(`${option}: there is no file ${given.slice(1)}`);
      })
    : given;
  try {
    return JSON.parse(withExactLongs(text));
  } catch {
    throw new Expected(`${option} is no JSON — give an object in quotes, or @file`);
  }
}
