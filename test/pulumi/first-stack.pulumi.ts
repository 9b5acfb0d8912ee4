import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startCloud } from '../../local/cloud.ts';
import { REGION } from '../../local/settings.ts';
import { CLI, withEngine } from './cli.ts';
import { deployable } from './project.ts';
import { startTestStack } from './stack.ts';

const DOCUMENT = new URL('../../docs/first-stack.md', import.meta.url);
const run = promisify(execFile);
const hasAws = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

withEngine('the commands of docs/first-stack.md', function () {
  this.timeout(300_000);
  it('make a user whose request is allowed, on a stack that the engine has deployed', async function () {
    if (!hasAws) {
      process.stdout.write('    skipped: no aws command line on PATH\n');
      this.skip();
    }
    const text = await readFile(DOCUMENT, 'utf8');
    const section = (title: string): string => text.split(`\n## ${title}\n`)[1]!.split('\n## ')[0]!;
    const blocks = (title: string, language: string): string[] =>
      [...section(title).matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, of, block = '']) =>
        of === language ? [block] : [],
      );
    // What a stack on AWS is called and where its gateway is; here any key is the security role's.
    const [, ...user] = blocks('The first user', 'sh');
    const commands = [...user, ...blocks('One real request', 'sh')]
      .join('')
      .replaceAll(' --profile security', '');
    const stdout = await onCloud(commands);
    const [shown = ''] = blocks('One real request', '');
    expect(stdout.endsWith(shown), stdout).to.equal(true);
  });
});

/** What the commands print where a cloud runs that the engine has deployed. */
async function onCloud(commands: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
  const project = await deployable();
  const cloud = await startCloud({
    root: project.root,
    port: 0,
    password: 'Correct-horse-battery-9',
    backend: path.join(project.repository, 'demo/main.ts'),
    migrations: path.join(project.repository, 'demo/migrations'),
    cli: CLI!,
  });
  try {
    const { stdout } = await run('sh', ['-ec', commands], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        PREFIX: 'cedarwright-local',
        GATEWAY: cloud.gatewayUrl,
        AWS_ENDPOINT_URL: cloud.endpointUrl,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_DEFAULT_REGION: REGION,
        AWS_ACCESS_KEY_ID: 'me',
        AWS_SECRET_ACCESS_KEY: 'x',
      },
    });
    return stdout;
  } finally {
    await cloud.close();
    await project.close();
    await rm(folder, { recursive: true });
  }
}

withEngine('the teardown of docs/first-stack.md', function () {
  this.timeout(300_000);

  it('is refused where the stack is protected, and done after a deployment that is not', async () => {
    const stack = await startTestStack({ protect: 'true' });
    try {
      const dev = await stack.engine('dev');
      expect((await dev.up()).code).to.equal(0);
      const destroy = () => dev.run('destroy', '--yes', '--skip-preview');
      const refused = await destroy();
      expect(refused.code).not.to.equal(0);
      expect(refused.text).to.include('protected');
      expect((await dev.run('config', 'set', 'cedarwright:protect', 'false')).code).to.equal(0);
      expect((await dev.up()).code).to.equal(0);
      const { code, text } = await destroy();
      expect(code, text).to.equal(0);
      const { resources }: { resources?: unknown[] } = JSON.parse(await dev.state()).deployment;
      expect(resources ?? []).to.deep.equal([]);
    } finally {
      await stack.close();
    }
  });
});
