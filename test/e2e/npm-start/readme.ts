import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { until } from '../cloud.ts';
import type { Project } from '../project.ts';
import { started } from './shared.ts';
import type { Ended, Running, Terminal } from './terminal.ts';

const ROOT = new URL('../../../', import.meta.url);
const README = new URL('README.md', ROOT);

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));

/** Commands of the README, and where they are run: a test or CI. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci': '.ci/run',
  'npm ci && npm start': 'test/e2e/npm-start',
  'npm start': 'test/e2e/npm-start',
  'npx cedarwright token <tenant> <user>': 'test/e2e/npm-start',
  'npm run schema': 'test/dsl/schema',
  'npm run schema -- --check': 'test/lint-and-types',
  'npm run check': 'test/lint-and-types',
  'npm test': '.ci/run',
  'npm run bench': 'test/bench',
  'npm run test:bench': '.ci/run',
  'npm install && npm start': 'test/e2e/another-api',
  'npx cedarwright init --api <file> --out <folder>': 'test/cli/init',
  'npx cedarwright init --api openapi.yaml --out my-api': 'test/cli/init',
  'npx cedarwright check': 'test/cli/init',
  'npx cedarwright test': 'test/cli/test',
  'npx cedarwright test --coverage': 'test/cli/test',
  'npx cedarwright tenant suspend <slug>': 'test/e2e/one-cloud',
  'npx cedarwright tenant resume <slug>': 'test/e2e/one-cloud',
  'npm run pulumi:build': 'test/pulumi',
  'npm run up:local': 'test/pulumi',
  'npm run test:pulumi': '.ci/run',
  'npx cedarwright quotas': 'test/cli/quotas',
  'npx cedarwright matrix': 'test/cli/analysis',
  'npx cedarwright matrix --check': '.ci/run',
  'npx cedarwright lint': '.ci/run',
  'npx cedarwright prove isolation': '.ci/run',
  'npx cedarwright diff <git revision>': 'test/cli/pull-request',
  'npx cedarwright diff HEAD --format markdown': 'test/cli/pull-request',
  'npx cedarwright explain --last-denied': 'test/e2e/npm-start',
  'npx cedarwright replay <file>': 'test/cli/analysis',
  'npx cedarwright import <file>': 'test/cli/import',
  'npx cedarwright print <file>': 'test/cli/print',
  'npx cedarwright build --out <folder>': 'test/cli/init',
};

describe('the README', function () {
  this.timeout(120_000);
  let markdown: string;
  let project: Project;
  let terminal: Terminal;
  let running: Running;
  before(async () => {
    markdown = await readFile(README, 'utf8');
    ({ project, terminal, running } = await started());
  });

  /** As printed, but on the ports of this test. */
  const adapted = (command: string): string =>
    command
      .replaceAll(':4000', `:${running.port}`)
      .replaceAll(':4001', `:${running.port + 1}`)
      .trim();
  const shell = (command: string): Promise<Ended> => terminal.shell(adapted(command));
  /** The command with the token that it would ask for: asked for again and again, that costs a second each time. */
  const asking = async (command: string): Promise<string> => {
    const [call = '', who = ''] = /\$\(npx cedarwright (token [\w ]+)\)/.exec(command) ?? [];
    const { stdout } = await terminal.run('node', ['cli/cedarwright.js', ...who.split(' ')]);
    return command.replace(call, stdout.trim());
  };
  const commandWith = (text: string): string => {
    const block = blocksOf(markdown).find((one) => one.language === 'sh' && one.text.includes(text));
    if (!block) throw new Error(`no command with ${text}`);
    return block.text;
  };
  /** The output that the README shows after a command. */
  const outputAfter = (command: string): string => {
    const blocks = blocksOf(markdown);
    return blocks[blocks.findIndex(({ text }) => text === command) + 1]?.text ?? '';
  };

  it('names no command that is run nowhere', () => {
    const inline = [...markdown.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command = '']) => command);
    const blocks = blocksOf(markdown).filter(({ language }) => language === 'sh');
    const here = /^(?:curl|aws dynamodb) /;
    const all = [...inline, ...blocks.map(({ text }) => text.trim()).filter((text) => !here.test(text))];
    for (const [command, place] of Object.entries(ELSEWHERE)) {
      const there = [place, `${place}.test.ts`].some((file) => existsSync(new URL(file, ROOT)));
      expect(there, `${command}: ${place}`).to.equal(true);
    }
    const options = (command: string): string => command.replace(/ -- --port \d+$/, '');
    expect(all.map(options).filter((command) => !(command in ELSEWHERE))).to.deep.equal([]);
  });

  it('shows what npm start says when it serves', () => {
    const shown = outputAfter(commandWith('npm start')).trim().split('\n').map(adapted);
    for (const line of shown) expect(running.output().split('\n')).to.include(line);
  });

  it('gets its allow', async () => {
    const { stdout } = await shell(commandWith('token acme alice'));
    expect(stdout).to.match(/^HTTP\/1\.1 200 /);
  });

  it('gets a deny, and is told why', async () => {
    const denied = commandWith('token acme alice').replace('acme alice', 'acme bob');
    expect((await shell(await asking(denied))).stdout).to.match(/^HTTP\/1\.1 403 /);
    const { stdout } = await shell(commandWith('explain --last-denied'));
    for (const line of outputAfter(commandWith('explain --last-denied')).trim().split('\n'))
      expect(stdout).to.include(line);
  });

  it('makes a tenant of the file it shows, and gets the answer it shows', async () => {
    const file = blocksOf(markdown).find(({ text }) => text.includes("slug: 'initech'"));
    await project.write('initech', file!.text);
    await until(() => running.output().includes('enforced after '));
    const command = commandWith('token initech peter');
    expect((await shell(command)).stdout.trim()).to.equal(outputAfter(command).trim());
  });

  it('shows the mistake at the word it names', async () => {
    const source = await project.read('initech');
    await project.write('initech', source.replace('op.listAccounts', 'op.listAcounts'));
    const [place = ''] = /^tenants\/initech\.ts:\d+:\d+ \[TS\d+\]/m.exec(markdown) ?? [];
    expect(place).not.to.equal('');
    await until(() => running.output().includes(place));
    await until(() => running.output().includes('nothing was changed: what ran before still runs'));
    await project.write('initech', source);
  });

  it('stops an operation with the AWS CLI, and lets it go again', async function () {
    const there = await promisify(execFile)('aws', ['--version']).then(
      () => true,
      () => false,
    );
    if (!there) {
      process.stdout.write('      skipped: there is no aws command here\n');
      this.skip();
    }
    const account = 'AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=x';
    expect(markdown).to.include(account);
    const edit = await asking(commandWith('token acme alice'));
    const status = async (): Promise<string> => (await shell(edit)).stdout.slice(9, 12);
    expect(await shell(`export ${account}; ${commandWith('put-item')}`)).to.include({ code: 0 });
    await until(async () => (await status()) === '403');
    expect(await shell(`export ${account}; ${commandWith('delete-item')}`)).to.include({ code: 0 });
    await until(async () => (await status()) === '200');
  });
});
