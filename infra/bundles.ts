import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { modelFile } from '../dsl/schema/model.ts';

export const HANDLERS = ['authorizer', 'pre-token', 'policy-sync'] as const;
export type HandlerName = (typeof HANDLERS)[number];

/** Where the handlers' sources are. */
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const ENGINE = '@cedar-policy/cedar-wasm';
/** Read from its own folder at run time. The package ships three copies of 4.3 MB; Node needs only this one. */
const ENGINE_FILES = [
  'package.json',
  'nodejs/package.json',
  'nodejs/cedar_wasm.js',
  'nodejs/cedar_wasm_bg.wasm',
];

type Folders = Readonly<Record<HandlerName, string>>;

let built: Promise<Folders> | undefined;

/**
 * Bundles every Lambda handler into the project's `.build/<name>/`, each with the project's route model and, where it
 * decides or validates, the Cedar engine beside it. The output depends on the sources alone (no path of this machine
 * gets into it), so that an archive's hash changes only when its code does. A process bundles once, whoever asks first.
 * @param root the project
 * @returns the folder of each bundle
 */
export const buildBundles = (root: string): Promise<Folders> =>
  (built ??= buildFrom(PACKAGE, root).then(({ folders }) => folders));

export interface Built {
  readonly folders: Folders;
  /** Every file that the code was made of, from the checkout's folder. */
  readonly sources: readonly string[];
}

/** @param checkout folder of the sources, its dependencies installed in it */
export async function buildFrom(checkout: string, root: string): Promise<Built> {
  // One build for all: what the handlers share, most of all the AWS clients, is then read once.
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: checkout,
    entryPoints: HANDLERS.map((name) => ({ in: `authz/handlers/${name}.ts`, out: `${name}/index` })),
    outdir: '.build',
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    // Of the AWS clients only what is called: a third less to read at a cold start than from their CommonJS.
    mainFields: ['module', 'main'],
    // The oldest Node that may run the embedded cloud, which calls the same archives as Lambda's nodejs24.x does.
    target: 'node20',
    format: 'esm',
    // CommonJS dependencies such as pg call require; an ES module has none.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    external: ['pg-native', ENGINE],
    legalComments: 'none',
  });
  const folderOf = async (name: HandlerName): Promise<string> => {
    const file = path.join(checkout, '.build', name, 'index.mjs');
    return placeBundle(root, name, outputFiles.find((output) => output.path === file)!.contents);
  };
  const [authorizer, preToken, policySync] = await Promise.all(HANDLERS.map(folderOf));
  return {
    folders: { authorizer: authorizer!, 'pre-token': preToken!, 'policy-sync': policySync! },
    sources: Object.keys(metafile.inputs),
  };
}

async function placeBundle(root: string, name: HandlerName, code: Uint8Array): Promise<string> {
  const build = path.join(root, '.build');
  const folder = path.join(build, name);
  const put = (file: string, content: Uint8Array): Promise<void> =>
    place(path.join(folder, file), content, build);
  await put('index.mjs', code);
  await put('model.json', await readFile(modelFile(root)));
  if (Buffer.from(code).includes(ENGINE)) {
    // Where it is depends on who installed this package, and how.
    const installed = path.join(createRequire(import.meta.url).resolve(`${ENGINE}/nodejs`), '../..');
    for (const file of ENGINE_FILES) {
      await put(`node_modules/${ENGINE}/${file}`, await readFile(path.join(installed, file)));
    }
  }
  // Absolute, because the engine runs a program in the folder of its `main`, and a provider elsewhere. Archives are
  // compared by their hash, so it makes no difference that the path is another one on another machine.
  return folder;
}

/** Never a moment with half a file, and none without: a running function or another run may be reading it. */
async function place(file: string, content: Uint8Array, build: string): Promise<void> {
  const present = await readFile(file).catch(() => undefined);
  if (present?.equals(content)) return;
  await mkdir(path.dirname(file), { recursive: true });
  // Beside the archives, not in one: a part of a file would be part of its hash.
  const next = path.join(build, `${randomUUID()}.part`);
  await writeFile(next, content);
  await rename(next, file);
}
