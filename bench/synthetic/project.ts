import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Model } from '../../cedar/model.ts';
import { render } from '../../dsl/schema/render.ts';
import { apiOfSize, operationsOf } from './api.ts';
import { type Additions, GUARDRAILS, tenantFiles } from './tenants.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export interface SyntheticProject {
  readonly root: string;
  readonly model: Model;
  /** File name, relative to `tenants/` -> text. */
  readonly files: ReadonlyMap<string, string>;
  write(name: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export interface ProjectArgs {
  readonly actions: number;
  readonly tenants: number;
  readonly additions: Additions;
}

/**
 * A project of its own in a temporary folder: an API of any size, its vocabulary as `npm run schema` writes it, and
 * tenants for it.
 */
export async function syntheticProject({
  actions,
  tenants,
  additions,
}: ProjectArgs): Promise<SyntheticProject> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-bench-')));
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const model = apiOfSize(actions);
  const generated = await render(model, { api: 'openapi.yaml', folder: path.join(root, 'dsl/generated') });
  await write('package.json', '{ "type": "module" }');
  for (const name of ['schema.ts', 'model.json', 'model.d.json.ts'])
    await write(`dsl/generated/${name}`, generated.get(name) ?? '');
  await write('dsl/index.ts', LANGUAGE);
  await write('tsconfig.json', TSCONFIG);
  await write('tenants/shared/guardrails.ts', GUARDRAILS);
  const files = tenantFiles({ operations: operationsOf(actions), tenants, additions });
  for (const [name, text] of files) await write(`tenants/${name}`, text);
  return {
    root,
    model,
    files,
    write: (name, text) => write(`tenants/${name}`, text),
    close: () => rm(root, { recursive: true }),
  };
}

/** What dsl/index.ts is to this repository's own API. */
const LANGUAGE = `import model from './generated/model.json' with { type: 'json' };
import { type Api, op } from './generated/schema.ts';
import { language } from ${JSON.stringify(path.join(REPOSITORY, 'dsl/language.ts'))};

export { op };
export const { permit, forbid, entity, group, link, set, ip, saasTenant, guardrails } = language<Api>(model, op);
`;

const TSCONFIG = JSON.stringify({
  extends: path.join(REPOSITORY, 'tsconfig.tenants.json'),
  include: ['tenants'],
});
