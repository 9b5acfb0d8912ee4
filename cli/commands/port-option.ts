import { type Command, Option } from 'commander';

const DEFAULT_PORT = 4000;

/** Where the gateway of an embedded cloud listens. */
export const portOption = (program: Command): Option =>
  new Option('--port <port>', 'port of the gateway; the endpoint takes the next one')
    .default(DEFAULT_PORT)
    .argParser((text) => portNumber(program, text));

function portNumber(program: Command, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_534) {
    return program.error(`error: --port ${text} is not a port: take a number from 1 to 65534`);
  }
  return port;
}
