import { spawn, type StdioOptions } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { REGION } from '../settings.ts';

export interface EngineArgs {
  /** The Pulumi CLI. */
  readonly cli: string;
  /** Of the project. */
  readonly root: string;
  readonly stack: string;
  /** Port at which the embedded cloud serves its provider. */
  readonly provider: number;
}

/** The genuine Pulumi engine on one stack of a project, deploying to the embedded cloud. */
export interface Engine {
  /** Makes the stack where there is none, and sets its configuration. @throws Error in the words of the CLI */
  configure(config: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Runs a command on the stack. Without `listener` the CLI has the terminal of this process.
   * @returns its exit code
   */
  run(command: readonly string[], listener?: Listener): Promise<number>;
}

export interface Listener {
  /** Takes what the CLI prints. */
  readonly heard: (text: string) => void;
  /** Kills it, as a power cut would. */
  readonly signal?: AbortSignal;
}

/** Of the project: state, configuration, and what else the CLI keeps. Nothing in it is of a stack on AWS. */
const FOLDER = path.join('.cedarwright', 'pulumi');
/** Commands of the CLI that take a file of configuration. */
const READ_CONFIG: ReadonlySet<string> = new Set(['up', 'preview', 'refresh', 'destroy', 'config', 'import']);
const SECRETS: ReadonlySet<string> = new Set(['gatewaySecret', 'identityProviderSecrets']);

export function createEngine({ cli, root, stack, provider }: EngineArgs): Engine {
  const folder = path.join(root, FOLDER);
  const configFile = path.join(folder, `Pulumi.${stack}.yaml`);
  const configured = ['--config-file', configFile];
  const onStack = (command: string): string[] => [
    '--stack',
    stack,
    ...(READ_CONFIG.has(command) ? configured : []),
  ];
  const env = { ...process.env, ...environment(folder, provider) };

  async function start(
    args: readonly string[],
    stdio: StdioOptions,
    on: Partial<Listener> & { readonly input?: string },
  ): Promise<number> {
    const child = spawn(cli, args, { cwd: root, env, stdio });
    on.signal?.addEventListener('abort', () => child.kill('SIGKILL'));
    child.stdin?.end(on.input);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => on.heard?.(text));
    }
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  }
  /** @param input what it reads: a secret among its arguments could be read by every process here */
  async function quietly(args: readonly string[], input = ''): Promise<void> {
    let said = '';
    const heard = (text: string): void => void (said += text);
    const code = await start(args, 'pipe', { heard, input });
    if (code !== 0)
      throw new Error(`pulumi ${args.slice(0, 2).join(' ')} ended with ${code}: ${said.trim()}`);
  }

  return {
    async configure(config) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // `stack select` writes a salt into the file of that name, which may be one of a stack on AWS.
      await unchanged(path.join(root, `Pulumi.${stack}.yaml`), () =>
        quietly(['stack', 'select', '--create', '--non-interactive', '--stack', stack]),
      );
      const plain = Object.entries(config).filter(([key]) => !SECRETS.has(key));
      const settings = [
        ['aws:region', REGION],
        ...plain.map(([key, value]) => [`cedarwright:${key}`, value]),
      ];
      await quietly([
        'config',
        'set-all',
        ...onStack('config'),
        ...settings.flatMap(([key, value]) => ['--plaintext', `${key}=${value}`]),
      ]);
      for (const [key, value] of Object.entries(config).filter(([key]) => SECRETS.has(key))) {
        await quietly(['config', 'set', '--secret', `cedarwright:${key}`, ...onStack('config')], value);
      }
    },
    run: ([command = 'up', ...args], listener) =>
      start(
        [command, ...args, ...onStack(command)],
        listener ? ['ignore', 'pipe', 'pipe'] : 'inherit',
        listener ?? {},
      ),
  };
}

/** A cloud that has just started has nothing of what an earlier one had. */
export const forgetStacks = (root: string): Promise<void> =>
  rm(path.join(root, FOLDER), { recursive: true, force: true });

/** No account, no download, no look at a newer version: all that the CLI needs is here. */
const environment = (folder: string, provider: number): Record<string, string> => ({
  PULUMI_BACKEND_URL: `file://${folder}`,
  PULUMI_HOME: path.join(folder, 'home'),
  // What it protects is a secret of this machine's cloud, new for every start.
  PULUMI_CONFIG_PASSPHRASE: 'embedded',
  PULUMI_SKIP_UPDATE_CHECK: 'true',
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  PULUMI_DEBUG_PROVIDERS: `aws:${provider}`,
});

async function unchanged(file: string, work: () => Promise<void>): Promise<void> {
  const before = await readFile(file).catch(() => undefined);
  try {
    await work();
  } finally {
    await (before ? writeFile(file, before) : rm(file, { force: true }));
  }
}
