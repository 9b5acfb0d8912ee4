import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { parseSettings } from '../../infra/config-keys.ts';

/** Set by hand, so that no file has them. */
const SECRETS = { gatewaySecret: 'set-by-hand', identityProviderSecrets: '{"staff":"set-by-hand"}' };
const PREFIX = 'cedarwright:';

const text = (stack: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url)), 'utf8');

/** The program's own keys, as Pulumi hands them to it: objects as JSON text. */
async function valuesOf(stack: string): Promise<Record<string, string>> {
  const { config }: { config: Readonly<Record<string, unknown>> } = parse(await text(stack));
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, value]) => [
        key.slice(PREFIX.length),
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  );
}

/** All keys, as the program tells them to somebody who misspells one. */
function knownKeys(): string[] {
  const [problem] = parseSettings({
    backendUrl: 'https://x.example',
    gatewaySecret: 'x',
    misspelt: '',
  }).problems;
  return (problem?.remedy ?? '').replace('known keys: ', '').split(', ');
}

describe('the files of stacks', () => {
  for (const stack of ['dev', 'prod']) {
    it(`Pulumi.${stack}.yaml is in order, but for the secrets`, async () => {
      const values = await valuesOf(stack);
      expect(Object.keys(values)).not.to.include.members(Object.keys(SECRETS));
      expect(parseSettings({ ...values, ...SECRETS }).problems).to.deep.equal([]);
    });
  }

  it('Pulumi.prod.yaml tells of every key', async () => {
    expect(knownKeys()).to.include.members(['backendUrl', 'protect', 'database']);
    const told = await text('prod');
    const untold = knownKeys().filter((key) => !told.includes(`${PREFIX}${key}`));
    expect(untold).to.deep.equal([]);
  });

  it('a stack for production protects what cannot be made again, and lets one role write', async () => {
    const { settings } = parseSettings({ ...(await valuesOf('prod')), ...SECRETS });
    expect(settings?.protect).to.equal(true);
    expect(settings?.securityRoleArn).to.be.a('string');
  });
});
