/** What a revision of a project has of what its policies mean: path from the project's folder -> content. */
export type Sources = ReadonlyMap<string, Buffer>;

/** Folders and files of a project that its policies depend on. */
export const PARTS = ['tenants', 'dsl', 'package.json'] as const;

/** What a project that holds this program too has, and its `dsl/index.ts` imports. */
export const PROGRAM = 'dsl/language.ts';

/**
 * Which of the files make the policies. Both versions are read by the program that runs, so that a difference is one of
 * policies: of a project that holds the program, only what is bound to its API counts, and that it does.
 */
export function relevantPaths(paths: readonly string[]): string[] {
  const isProgram = paths.includes(PROGRAM);
  return paths.filter((path) => {
    if (path === 'package.json') return true;
    if (path.startsWith('dsl/')) {
      return !isProgram || path === PROGRAM || path === 'dsl/index.ts' || path.startsWith('dsl/generated/');
    }
    return /^tenants\/(shared\/)?[^/]+$/.test(path);
  });
}

/**
 * Slugs of the tenants whose files differ; all, when what is common to them does. A tenant whose text did not change
 * has not changed.
 */
export function changedTenants(before: Sources, after: Sources): ReadonlySet<string> {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const differs = (path: string): boolean => {
    const [old, fresh] = [before.get(path), after.get(path)];
    return old === undefined || fresh === undefined || !old.equals(fresh);
  };
  const slugs = new Map(paths.flatMap((path) => slugOf(path).map((slug) => [path, slug] as const)));
  const common = paths.filter((path) => !slugs.has(path) && path !== 'package.json' && path !== PROGRAM);
  const changed = common.some(differs) ? [...slugs] : [...slugs].filter(([path]) => differs(path));
  return new Set(changed.map(([, slug]) => slug));
}

/** Slugs of the tenants that have a file. */
export const tenantSlugs = (sources: Sources): string[] => [...sources.keys()].flatMap(slugOf);

const slugOf = (path: string): string[] => {
  const slug = /^tenants\/([^/.][^/]*)\.ts$/.exec(path)?.[1];
  return slug === undefined || slug.endsWith('.d') ? [] : [slug];
};
