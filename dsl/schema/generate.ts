import { schemaCommand } from './command.ts';

process.exitCode = await schemaCommand(process.argv.slice(2));
