import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { watchTenants } from '../../local/watch.ts';

describe('following the tenant files', () => {
  let root: string;
  let stop: () => Promise<void>;
  /** One entry a call: what ends it. */
  let calls: (() => void)[];
  let underWay: number;
  let most: number;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cedarwright-watch-'));
    await mkdir(path.join(root, 'tenants', 'shared'), { recursive: true });
    [calls, underWay, most] = [[], 0, 0];
    const changed = async (): Promise<void> => {
      most = Math.max(most, ++underWay);
      await new Promise<void>((resolve) => calls.push(resolve));
      underWay--;
    };
    stop = await watchTenants(root, changed, rethrow);
  });
  afterEach(async () => {
    await stop();
    for (const end of calls) end();
    await rm(root, { recursive: true });
  });

  const write = (file: string): Promise<void> => writeFile(path.join(root, 'tenants', file), '');
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await delay(5);
  };
  /** Longer than a burst of changes is waited for. */
  const quiet = (): Promise<void> => delay(150);

  it('calls for a new file, and for one that all tenants share', async () => {
    await write('acme.ts');
    await until(() => calls.length === 1);
    calls[0]?.();
    await write('shared/guardrails.ts');
    await until(() => calls.length === 2);
  });

  it('calls once for a burst of changes, or a few times on a slow machine', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => write(`tenant-${n}.ts`)));
    await until(() => calls.length === 1);
    for (const end of calls) {
      end();
      await quiet();
    }
    expect(calls.length).to.be.lessThan(4);
  });

  it('calls once more for all changes during a call, after it', async () => {
    await write('a.ts');
    await until(() => calls.length === 1);
    for (const file of ['b.ts', 'c.ts']) {
      await write(file);
      await quiet();
    }
    expect(calls).to.have.length(1);
    calls[0]?.();
    await until(() => calls.length === 2);
    expect(most).to.equal(1);
  });

  it('does not call for what is no TypeScript, nor after it has stopped', async () => {
    await write('notes.md');
    await quiet();
    expect(calls).to.have.length(0);
    await write('a.ts');
    await until(() => calls.length === 1);
    await write('b.ts');
    await quiet();
    await stop();
    calls[0]?.();
    await write('c.ts');
    await quiet();
    expect(calls).to.have.length(1);
  });
});

function rethrow(error: unknown): never {
  throw error;
}
