import { basename } from 'node:path';
import type { Policy, Site } from '../../cedar/ast.ts';
import { bundleGuardrails } from '../check/bundle.ts';
import { evaluateGuardrails, evaluateTenant, isProblems, type Place } from '../check/evaluate.ts';
import type { Problem } from '../check/problem.ts';
import type { Evaluated } from '../check/run.ts';
import type { GuardedTenant } from '../policy/types.ts';
import { chunksOf } from './chunks.ts';
import type { KeyedDraft } from './compile.ts';
import type { Draft } from './compile-together.ts';
import { definitionOf, guardrailsOf, keyOf } from './memory.ts';
import type { TenantDefinition } from './tenant.ts';

/** A file whose text is in order, and its default export. */
export interface Readable {
  readonly file: string;
  readonly at: Site;
  /** Of all that it evaluates to depends on: its text, what it imports, and the language. */
  readonly key: string;
}

/** What one run of the guardrails has time and space for: 1,000 policies are 3 MB of data with their places. */
const GUARDED_AT_ONCE = 100;

/** Runs the tenant files, then the guardrails for each tenant that came out of it; what is remembered does not run. */
export async function readDrafts(
  place: Place,
  files: readonly Readable[],
  guardrails: Readable,
): Promise<{ readonly drafts: readonly KeyedDraft[]; readonly problems: readonly Problem[] }> {
  // A process takes 50 ms to start: as long as the first bundles.
  if (files.some(({ key }) => !definitionOf.has(key))) place.sandbox.start();
  const read = await Promise.all(files.map((file) => readTenant(place, file)));
  const tenants = read.flatMap((result) => (result.ok ? [result.value] : []));
  const made = await makeGuardrails(
    place,
    guardrails,
    tenants.flatMap(({ draft }) => guardedBy(draft.definition)),
  );
  return {
    drafts: tenants.map(({ draft, key }): KeyedDraft => {
      const common = made.bySlug.get(draft.definition.slug);
      return common
        ? { draft: { ...draft, guardrails: common.policies }, key: keyOf(key, common.key) }
        : { draft: { ...draft, guardrails: [] } };
    }),
    problems: [...read.flatMap((result) => (result.ok ? [] : result.problems)), ...made.problems],
  };
}

interface ReadTenant {
  readonly draft: Omit<Draft, 'guardrails'>;
  readonly key: string;
}

async function readTenant(place: Place, { file, at, key }: Readable): Promise<Evaluated<ReadTenant>> {
  const remembered = definitionOf.get(key);
  const evaluated: Evaluated<TenantDefinition> = remembered
    ? { ok: true, value: remembered }
    : await evaluateTenant(place, file, at);
  if (!evaluated.ok) return evaluated;
  const definition = evaluated.value;
  definitionOf.set(key, definition);
  if (definition.slug === basename(file, '.ts')) {
    return { ok: true, value: { draft: { file, at, definition }, key } };
  }
  return {
    ok: false,
    problems: [
      {
        site: at,
        code: 'SLUG',
        message: `the file defines the tenant "${definition.slug}" when it runs`,
        remedy: 'give the slug once, as text',
      },
    ],
  };
}

const guardedBy = ({ slug, kind, dataTenants: [first, ...rest] }: TenantDefinition): GuardedTenant[] =>
  first === undefined ? [] : [{ slug, kind, dataTenants: [first, ...rest] }];

interface Guarded {
  readonly key: string;
  readonly policies: readonly Policy[];
}

/** By slug; a tenant that is missing there is among the problems. */
interface Made {
  readonly bySlug: ReadonlyMap<string, Guarded>;
  readonly problems: readonly Problem[];
}

async function makeGuardrails(
  place: Place,
  { file, at, key }: Readable,
  tenants: readonly GuardedTenant[],
): Promise<Made> {
  const keyed = tenants.map((tenant) => ({ tenant, key: keyOf(key, JSON.stringify(tenant)) }));
  const bySlug = new Map<string, Guarded>();
  for (const { tenant, key } of keyed) {
    const remembered = guardrailsOf.get(key);
    if (remembered) bySlug.set(tenant.slug, { key, ...remembered });
  }
  const unknown = keyed.filter(({ tenant }) => !bySlug.has(tenant.slug));
  if (unknown.length === 0 && tenants.length > 0) return { bySlug, problems: [] };
  const bundle = await bundleGuardrails(place.sources, file);
  if (isProblems(bundle)) return { bySlug, problems: bundle };
  // Guardrails that cannot run are wrong without any tenant too.
  const lists = unknown.length === 0 ? [[]] : chunksOf(unknown, GUARDED_AT_ONCE);
  const runs = lists.map(async (some): Promise<readonly Problem[]> => {
    const evaluated = await evaluateGuardrails(
      place,
      { bundle, file, at },
      some.map(({ tenant }) => tenant),
    );
    if (!evaluated.ok) return evaluated.problems;
    for (const [index, { tenant, key }] of some.entries()) {
      const policies = evaluated.value[index]!;
      guardrailsOf.set(key, { policies });
      bySlug.set(tenant.slug, { key, policies });
    }
    return [];
  });
  return { bySlug, problems: (await Promise.all(runs)).flat() };
}
