import { Command, type CommanderError, type OutputConfiguration } from 'commander';
import { buildCommand } from './commands/build.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { matrixCommand } from './commands/matrix.ts';
import { printCommand } from './commands/print.ts';
import { proveCommand } from './commands/prove.ts';
import { quotasCommand } from './commands/quotas.ts';
import { replayCommand } from './commands/replay.ts';
import { schemaCommand } from './commands/schema.ts';
import { startCommand } from './commands/start.ts';
import { testCommand } from './commands/test.ts';
import { tenantCommand } from './commands/tenant.ts';
import { tokenCommand } from './commands/token.ts';
import { upLocalCommand } from './commands/up-local.ts';

/** All commands. Each defines itself and loads what it runs only when it is run: `--help` must not wait for a compiler. */
const COMMANDS = [
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
  proveCommand,
  explainCommand,
  replayCommand,
  testCommand,
  tenantCommand,
  tokenCommand,
  quotasCommand,
  upLocalCommand,
];

/**
 * The command line. Where an ordinary one would end the process after its help or a mistake of usage, this one throws a
 * `CommanderError`; see `exitCodeOf`.
 */
export function cedarwright(output: OutputConfiguration = {}): Command {
  const program = new Command('cedarwright')
    .description(
      'Authorization policies for APIs on AWS, typed and checked, with a cloud of your own to try them in.',
    )
    .configureOutput(output)
    .showHelpAfterError()
    .exitOverride();
  for (const define of COMMANDS) define(program);
  return program;
}

/** 0 after help that was asked for, 2 after a mistake of usage. */
export const exitCodeOf = ({ exitCode }: CommanderError): number => (exitCode === 0 ? 0 : 2);
