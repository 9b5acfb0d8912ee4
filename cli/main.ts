import { CommanderError } from 'commander';
import { QUIET_AWS_CLIENTS } from '../local/settings.ts';
import { fail } from './fail.ts';
import { cedarwright, exitCodeOf } from './program.ts';

// Of this process and of those it starts. The clients are imported by the commands, after this.
Object.assign(process.env, QUIET_AWS_CLIENTS);

try {
  await cedarwright().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(exitCodeOf(error));
  fail(error, process.argv.includes('--json'));
}
