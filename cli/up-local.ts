import { createEngine } from '../local/provider/engine.ts';
import { STACK } from '../local/settings.ts';
import { Expected } from './fail.ts';
import { pulumiCli } from './pulumi-cli.ts';
import { readRunning } from './running.ts';
import { start } from './start.ts';

export interface UpLocalArgs {
  /** Of the gateway of a cloud that has to be started. */
  readonly port: number;
  readonly stack: string;
  /** `up` and what follows it, as the CLI takes it. */
  readonly command: readonly string[];
}

/**
 * `cedarwright up-local`: the genuine Pulumi engine on the embedded cloud. Where one runs, the engine attaches to it and
 * deploys a second stack beside its own. Where none runs, one is started that the engine deploys, until a signal.
 * @throws Expected when there is no CLI
 */
export async function upLocal(root: string, { port, stack, command }: UpLocalArgs): Promise<void> {
  const cli = await pulumiCli();
  const running = await readRunning(root);
  if (!running) return start(root, port, cli);
  if (stack === STACK) {
    throw new Expected(`the stack ${STACK} is that of the cloud which runs here — take another: --stack dev`);
  }
  const engine = createEngine({ cli, root, stack, provider: running.provider });
  await engine.configure(running.config);
  process.exitCode = await engine.run(command);
}
