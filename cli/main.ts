import { Command } from 'commander';
import { QUIET_AWS_CLIENTS } from '../local/settings.ts';
import { buildCommand } from './commands/build.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { matrixCommand } from './commands/matrix.ts';
import { printCommand } from './commands/print.ts';
import { quotasCommand } from './commands/quotas.ts';
import { replayCommand } from './commands/replay.ts';
import { schemaCommand } from './commands/schema.ts';
import { startCommand } from './commands/start.ts';
import { testCommand } from './commands/test.ts';
import { tenantCommand } from './commands/tenant.ts';
import { tokenCommand } from './commands/token.ts';
import { upLocalCommand } from './commands/up-local.ts';
import { fail } from './fail.ts';

// Of this process and of those it starts. The clients are imported by the commands, after this.
Object.assign(process.env, QUIET_AWS_CLIENTS);

const program = new Command('cedarwright')
  .description(
    'Authorization policies for APIs on AWS, typed and checked, with a cloud of your own to try them in.',
  )
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

// Each defines itself and loads what it runs only when it is run: `--help` must not wait for a compiler.
for (const define of [
  startCommand,
  initCommand,
  schemaCommand,
  checkCommand,
  buildCommand,
  printCommand,
  importCommand,
  matrixCommand,
  diffCommand,
  lintCommand,
  explainCommand,
  replayCommand,
  testCommand,
  tenantCommand,
  tokenCommand,
  quotasCommand,
  upLocalCommand,
])
  define(program);

await program.parseAsync().catch((error: unknown) => fail(error, process.argv.includes('--json')));
