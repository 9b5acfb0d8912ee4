import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Model } from '../../../cedar/model.ts';
import { formatProblem } from '../../../dsl/check/problem.ts';
import { type Loaded, loadTenants } from '../../../dsl/tenants/load.ts';
import { model as shopModel } from '../../types/model.ts';

const SHOP = fileURLToPath(new URL('../../types/shop.ts', import.meta.url));
/** A project of its own binds the language to its own API. */
const LANGUAGE = `import { op, shop } from ${JSON.stringify(SHOP)};
export { customerApp, federatedWith, guardrails, oidcIssuer, retired, saasTenant, serviceClient, workforceApp } from ${JSON.stringify(SHOP)};
export { op };
export const { permit, forbid, entity, group, set, ip } = shop;
`;
const GUARDRAILS = `import { guardrails } from '../../dsl/index.ts';
export default guardrails(({ slug, forbid }) => [
  forbid().principalIs('User').when(({ principal }) => principal.department.eq(slug)).id('guardrail-a'),
]);
`;

/** A tenant file with these policies, the first at 5:5. */
export const tenant = (
  slug: string,
  policies: string,
  more = '',
): string => `import { saasTenant } from '../dsl/index.ts';
export default saasTenant({
  slug: '${slug}',
  policies: ({ permit, forbid, op, entity, set }) => [
    ${policies}
  ],
  ${more}
});
`;

export interface Project {
  /** `model`: of another API than the language's own. */
  readonly load: (options?: {
    readonly types?: boolean;
    readonly model?: Model;
    readonly only?: ReadonlySet<string>;
  }) => Promise<Loaded>;
  /** `tenants/acme.ts:5:7 UNKNOWN_ACTION`, of all problems. */
  readonly places: (options?: { readonly types?: boolean }) => Promise<string[]>;
  /** All problems as people see them. */
  readonly messages: () => Promise<string>;
  readonly write: (name: string, text: string) => Promise<void>;
}

/** Works on a project in a temporary folder: names are relative to `tenants/`. */
export async function inProject<T>(
  files: Readonly<Record<string, string>>,
  use: (project: Project) => Promise<T>,
): Promise<T> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'cedarwright-project-')));
  const write = async (name: string, text: string): Promise<void> => {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  };
  const load: Project['load'] = ({ types = false, model = shopModel, ...only } = {}) =>
    loadTenants({ root, model, types, ...only });
  try {
    await write('package.json', '{ "type": "module" }');
    await write('dsl/index.ts', LANGUAGE);
    await write('tenants/shared/guardrails.ts', GUARDRAILS);
    for (const [name, text] of Object.entries(files)) await write(`tenants/${name}`, text);
    return await use({
      load,
      write: (name, text) => write(`tenants/${name}`, text),
      places: async (options) =>
        (await load(options)).problems.map(({ site, code }) =>
          site ? `${site.file}:${site.line}:${site.column} ${code}` : code,
        ),
      messages: async () => (await load()).problems.map(formatProblem).join('\n'),
    });
  } finally {
    await rm(root, { recursive: true });
  }
}
