/** Compiles a project in a process of its own, so that its memory is nobody else's, and tells how long it took. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Model } from '../../cedar/model.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';
import type { Tenant } from '../../dsl/tenants/tenant.ts';
import { median, type Samples, timed } from '../samples.ts';
import { engineAlone, engineAloneAtGateway } from './engine-alone.ts';
import type { Compiled, CompileArgs } from './messages.ts';

const RELOADS = 5;
const AGE = /principal\.age\.gte\(\d+\)/;

process.once('message', (args: CompileArgs) => {
  measure(args).then(
    (compiled) => process.send?.(compiled, () => process.exit()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function measure({ root, model: file, edits }: CompileArgs): Promise<Compiled> {
  const model: Model = JSON.parse(await readFile(file, 'utf8'));
  let tenants: readonly Tenant[] = [];
  const load = (): Promise<number> =>
    timed(async () => {
      const loaded = await loadTenants({ root, model, types: false });
      if (loaded.problems.length > 0)
        throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
      ({ tenants } = loaded);
    });
  /** No tenant is edited twice, so that none is remembered as it was before. */
  let edited = 0;
  const edit = async (change: (text: string) => string): Promise<number> => {
    const name = path.join(root, tenants[(edited += 1) % tenants.length]!.file);
    await writeFile(name, change(await readFile(name, 'utf8')));
    return load();
  };

  const cold = await load();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const unchanged = await repeated(RELOADS, load);
  const onePolicy = await repeated(edits, (round) => edit((text) => text.replace(AGE, age(round))));
  const allPolicies = await repeated(edits, (round) =>
    edit((text) => text.replaceAll(`.id('`, `.annotate('edited', '${round}').id('`)),
  );
  const added = (samples: Samples): Samples => samples.map((each) => each - median(unchanged));
  return {
    tenants: tenants.length,
    policies: tenants.reduce((sum, { policies }) => sum + policies.length, 0),
    schemas: new Set(tenants.map(({ schema }) => schema.sha256)).size,
    cold,
    megabytes,
    unchanged,
    onePolicy: added(onePolicy),
    allPolicies: added(allPolicies),
    engineTenant: await repeated(edits, (round) => engineAlone([tenants[round % tenants.length]!])),
    engineStored: await engineAlone(tenants),
    engineGateway: await engineAloneAtGateway(tenants, model),
  };
}

const age = (round: number): string => `principal.age.gte(${1_000 + round})`;

async function repeated(times: number, sample: (round: number) => Promise<number>): Promise<Samples> {
  const samples: number[] = [];
  for (let round = 0; round < times; round += 1) samples.push(await sample(round));
  return samples;
}
