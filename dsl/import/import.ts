import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { printLocated } from '../../cedar/print.ts';
import { siteAt } from '../../cedar/located.ts';
import { validate } from '../../cedar/engine.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { LANGUAGE, languageModule } from '../schema/language-module.ts';
import { format } from './format.ts';
import { readCedarFile } from './read/cedar-file.ts';
import { readJsonFile } from './read/json-file.ts';
import { isTemplate, type Source } from './read/source.ts';
import { worldFrom } from './schema/from-policies.ts';
import { type ReadSchema, readSchema } from './schema/read-schema.ts';
import { vocabularyText } from './schema/typescript.ts';
import { verify } from './verify.ts';
import { UNTYPED } from './write/env.ts';
import { type ModuleParts, moduleText } from './write/module.ts';
import { type Renamed, writeSource, type WrittenSource } from './write/write-source.ts';

export interface ImportInput {
  /** Cedar text, or its JSON form in a file that ends in `.json`. */
  readonly file: string;
  /** A schema in either of Cedar's forms. Without one, attributes are untyped. */
  readonly schema?: string;
  /** Where the policies are to be written; the vocabulary goes beside it. */
  readonly out: string;
}

export interface Imported {
  /** Path -> text of the modules: the policies first, then the vocabulary. */
  readonly files: ReadonlyMap<string, string>;
  readonly policies: number;
  /** Policies that could not keep the name that they had. */
  readonly renamed: readonly Renamed[];
  /** Policies that TypeScript cannot follow, and what it says of them. */
  readonly untyped: readonly Problem[];
}

/**
 * Turns existing Cedar into source for the builders, and proves that it compiles and comes to the same policies. Writes
 * nothing. @throws {ProblemsError} with every mistake: of the files, and Cedar that no builder makes
 */
export async function importCedar({ file, schema, out }: ImportInput): Promise<Imported> {
  const source = readSource(await readFile(file, 'utf8'), shown(file));
  refuse(source.errors.map(problemOf));
  const given = schema === undefined ? undefined : readSchema(await readFile(schema, 'utf8'), shown(schema));
  const world = given?.world ?? worldFrom(source);
  const typed = writeSource(source, world, new Set());
  const { texts, problems } = printed(typed.policies);
  const invalids = given ? invalid(typed.policies, texts, given) : [];
  refuse([...problems, ...invalids, ...typed.errors.map(problemOf)]);
  const origin = basename(schema ?? file);
  const vocabulary = async (folder: string, { used }: ModuleParts): Promise<string> =>
    vocabularyText(world, {
      origin,
      language: await languageModule(folder, LANGUAGE),
      untyped: used.has(UNTYPED),
    });
  const prove = ({ parts, policies }: WrittenSource): ReturnType<typeof verify> =>
    verify(parts, policies, (folder) => vocabulary(folder, parts));
  const refused = await prove(typed);
  if (world.typed === 'never') refuse([...refused.values()]);
  // Cedar takes policies that TypeScript cannot follow, most of them because a part of them never applies.
  const written = refused.size === 0 ? typed : writeSource(source, world, new Set(refused.keys()));
  if (refused.size > 0) refuse([...(await prove(written)).values()]);
  const { parts, policies } = written;
  const folder = dirname(out);
  const schemaFile = join(folder, 'schema.ts');
  return {
    files: new Map([
      [out, await format(moduleText(parts, './schema.ts'), out)],
      [schemaFile, await format(await vocabulary(folder, parts), schemaFile)],
    ]),
    policies: policies.length,
    renamed: policies.filter(({ was }) => was !== undefined),
    untyped: [...refused.values()],
  };
}

const readSource = (text: string, file: string): Source =>
  file.endsWith('.json') ? readJsonFile(text, file) : readCedarFile(text, file);

const shown = (file: string): string => relative(process.cwd(), file).replaceAll('\\', '/') || file;

const problemOf = ({ code, message, remedy, site }: PolicyError): Problem => ({
  ...(site && { site }),
  code,
  message,
  remedy,
});

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems.toSorted(byPlace).filter(isFirst));
}

const byPlace = ({ site: a }: Problem, { site: b }: Problem): number =>
  (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);

/** One mistake a place: the validator and the writer both stop at a name that is not there. */
const isFirst = ({ site }: Problem, index: number, all: readonly Problem[]): boolean =>
  !site ||
  all.findIndex((other) => other.site?.line === site.line && other.site.column === site.column) === index;

type Located = ReturnType<typeof printLocated>;

/** The text of each policy, by its id. What has none, as what nests too deep, is a problem. */
function printed(policies: readonly Renamed[]): { texts: ReadonlyMap<string, Located>; problems: Problem[] } {
  const texts = new Map<string, Located>();
  const problems: Problem[] = [];
  for (const { policy, id } of policies) {
    try {
      texts.set(id, printLocated(policy, { prefix: '' }));
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      problems.push({ ...problemOf(error), ...(policy.at && { site: error.site ?? policy.at }) });
    }
  }
  return { texts, problems };
}

/** What Cedar's strict validator says of the policies, at their own places. */
function invalid(
  policies: readonly Renamed[],
  texts: ReadonlyMap<string, Located>,
  { schema }: ReadSchema,
): Problem[] {
  const given = new Map(
    policies.flatMap(({ policy, id }) => {
      const located = texts.get(id);
      return located ? [[id, { policy, located }] as const] : [];
    }),
  );
  const only = (templates: boolean): Record<string, string> =>
    Object.fromEntries(
      [...given].flatMap(([id, { policy, located }]) =>
        isTemplate(policy) === templates ? [[id, located.text]] : [],
      ),
    );
  const found = validate({ schema, policies: only(false), templates: only(true) });
  return found.flatMap(({ policyId, severity, code, message, help, start, end }): Problem[] => {
    const { policy, located } = given.get(policyId) ?? {};
    const site = (located && siteAt(located, start, end)) ?? policy?.at;
    if (severity === 'warning') return [];
    const remedy =
      help?.replace(/^for policy `[^`]*`, /, '') ?? 'correct the policy, or the schema that it is for';
    return [{ ...(site && { site }), code, message, remedy }];
  });
}
