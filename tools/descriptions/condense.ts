/**
 * Condenses what AWS says of its services into the table that the program is checked against: of all that botocore and
 * cfn-lint (which carries CloudFormation's schemas) describe, what the program sets. Again, after a change that
 * sets something new or to follow the services:
 *
 *   python3 -m pip install --no-deps --target .build/descriptions -r tools/descriptions/requirements.txt
 *   node --import tsx tools/descriptions/condense.ts .build/descriptions
 */
import { readFile, writeFile } from 'node:fs/promises';
import { violations } from '../../test/infra/descriptions/check.ts';
import type { Description, Table } from '../../test/infra/descriptions/description.ts';
import { recordEverything } from '../../test/infra/descriptions/recording.ts';
import { DESCRIBED } from '../../test/infra/descriptions/resources.ts';
import { botocore } from './botocore.ts';
import { cloudFormation } from './cloudformation.ts';
import { pruned } from './pruned.ts';

const TABLE = new URL('../../test/infra/descriptions/services.json', import.meta.url);
const PACKAGES = new URL('requirements.txt', import.meta.url);

const [packages = '.build/descriptions'] = process.argv.slice(2);
const operation = botocore(packages);
const resourceType = cloudFormation(packages);
const keys = [...new Set(Object.values(DESCRIBED).flatMap(({ by }) => by))].toSorted();
const whole = Object.fromEntries(
  keys.map((key) => [key, key.startsWith('AWS::') ? resourceType(key).description : operation(key)]),
);

const seen = new Set<Description>();
for (const { type, inputs } of await recordEverything()) {
  const described = DESCRIBED[type];
  if (!described) throw new Error(`${type} is not in resources.ts`);
  violations(inputs, described, { described: whole }, seen);
}
const table: Table = {
  sources: (await readFile(PACKAGES, 'utf8')).trim().split('\n'),
  described: Object.fromEntries(keys.map((key) => [key, pruned(whole[key]!, seen)])),
};
await writeFile(TABLE, `${JSON.stringify(table)}\n`);
