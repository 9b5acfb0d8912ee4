import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from '../../../authz/item-shape.ts';
import { copyProject } from '../../e2e/project.ts';
import { CONFIG, openProgram, type Registration } from '../record.ts';
import { ACCOUNT, asAws, REGION } from './aws-forms.ts';
import { inDocument } from './documents.ts';

export interface Recorded {
  readonly registrations: readonly Registration[];
  /** Function -> its code. */
  readonly bundles: ReadonlyMap<string, string>;
}

const TENANTS = ['acme', 'globex', 'retail', 'staff', 'ledger', 'hooli'];

/** Every optional part of the configuration, and what stands in its place. */
const ONE_WAY = {
  ...CONFIG,
  corsOrigins: '["https://app.example.com"]',
  protect: 'true',
  database: JSON.stringify({
    secretArn: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:database-a1b2c3`,
    subnetIds: ['subnet-0123456789abcdef0'],
    securityGroupIds: ['sg-0123456789abcdef0'],
  }),
};
const THE_OTHER = {
  ...ONE_WAY,
  gateways: '["rest"]',
  corsOrigins: '[]',
  stageName: 'v2_beta',
  gatewayTtlSeconds: '3600',
  registryStalenessSeconds: '300',
  storeConsistencyMs: '60000',
  livePolicies: 'any',
  protect: 'false',
  securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/teams/security`,
  routeThrottle: '{"rate":1,"burst":1}',
};

/**
 * Everything that the program registers, and what is in its documents: all kinds of tenants, one of them decided about by
 * its tokens, all three gateways, one configuration and then another.
 */
export const recordEverything = (): Promise<Recorded> => (once ??= record());

/** A run is most of what a look at it costs. */
let once: Promise<Recorded> | undefined;

async function record(): Promise<Recorded> {
  const project = await copyProject(TENANTS);
  try {
    const source = await project.read('globex');
    const mode = "decisionMode: 'verified-permissions-with-token',";
    await project.write('globex', source.replace("slug: 'globex',", `slug: 'globex', ${mode}`));
    const program = openProgram({ root: project.root, account: ACCOUNT, made: asAws });
    const registrations: Registration[] = [];
    try {
      for (const config of [ONE_WAY, THE_OTHER]) {
        const recorded = await program.run(config);
        if (recorded.outcome.problems.length > 0) throw new Error(recorded.outcome.problems.join('\n'));
        registrations.push(...recorded.registrations);
      }
    } finally {
      program.close();
    }
    return {
      registrations: [...registrations, ...registrations.flatMap(inDocument)],
      bundles: await bundlesOf(registrations),
    };
  } finally {
    await project.close();
  }
}

/** The project is gone before anybody looks. */
async function bundlesOf(registrations: readonly Registration[]): Promise<ReadonlyMap<string, string>> {
  const bundles = new Map<string, string>();
  for (const { name, inputs } of registrations) {
    const folder = isObject(inputs['code']) ? inputs['code']['fileArchive'] : undefined;
    if (typeof folder === 'string') bundles.set(name, await readFile(path.join(folder, 'index.mjs'), 'utf8'));
  }
  return bundles;
}
