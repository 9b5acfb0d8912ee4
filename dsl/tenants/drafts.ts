import { basename } from 'node:path';
import type { Site } from '../../cedar/ast.ts';
import { evaluateGuardrails, evaluateTenant, type Place } from '../check/evaluate.ts';
import type { Problem } from '../check/problem.ts';
import type { Evaluated } from '../check/run.ts';
import type { GuardedTenant } from '../policy/types.ts';
import type { Draft } from './compile.ts';

/** A file whose text is in order, and its default export. */
interface Readable {
  readonly file: string;
  readonly at: Site;
}

/** Runs the tenant files, then the guardrails for each tenant that came out of it. */
export async function readDrafts(
  place: Place,
  files: readonly Readable[],
  guardrails: Readable,
): Promise<{ readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] }> {
  const reading = Promise.all(files.map((file) => readTenant(place, file)));
  const making = evaluateGuardrails(place, guardrails.file, guardrails.at, reading.then(guardedBy));
  const [read, made] = await Promise.all([reading, making]);
  const tenants = read.flatMap((result) => (result.ok ? [result.value] : []));
  const guarded = guardedBy(read);
  const common = new Map(made.ok ? guarded.map(({ slug }, index) => [slug, made.value[index] ?? []]) : []);
  return {
    drafts: tenants.map((tenant) => ({ ...tenant, guardrails: common.get(tenant.definition.slug) ?? [] })),
    problems: [
      ...read.flatMap((result) => (result.ok ? [] : result.problems)),
      ...(made.ok ? [] : made.problems),
    ],
  };
}

type ReadTenant = Evaluated<Omit<Draft, 'guardrails'>>;

const guardedBy = (read: readonly ReadTenant[]): GuardedTenant[] =>
  read.flatMap((result): GuardedTenant[] => {
    if (!result.ok) return [];
    const { slug, kind, dataTenants: [first, ...rest] } = result.value.definition; // prettier-ignore
    return first === undefined ? [] : [{ slug, kind, dataTenants: [first, ...rest] }];
  });

async function readTenant(place: Place, { file, at }: Readable): Promise<ReadTenant> {
  const evaluated = await evaluateTenant(place, file, at);
  if (!evaluated.ok) return evaluated;
  const definition = evaluated.value;
  if (definition.slug === basename(file, '.ts')) return { ok: true, value: { file, at, definition } };
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
