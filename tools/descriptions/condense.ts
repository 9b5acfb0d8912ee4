/**
 * Condenses what AWS says of its services into what the program is checked against: of all that botocore, cfn-lint (which
 * carries CloudFormation's schemas and the Service Authorization Reference) and moto (AWS's own policies) say, what the
 * program sets, grants and needs. Again, after a change that sets or grants something new, or to follow the services:
 *
 *   python3 -m pip install --no-deps --target .build/descriptions -r tools/descriptions/requirements.txt
 *   node --import tsx tools/descriptions/condense.ts .build/descriptions && npm run format
 */
import { readFile, writeFile } from 'node:fs/promises';
import { violations } from '../../test/infra/descriptions/check.ts';
import type { Description, Table } from '../../test/infra/descriptions/description.ts';
import { type Authorization, MANAGED } from '../../test/infra/descriptions/authorization.ts';
import { grantedBy } from '../../test/infra/descriptions/grants.ts';
import { recordEverything } from '../../test/infra/descriptions/recording.ts';
import { DESCRIBED } from '../../test/infra/descriptions/resources.ts';
import { authorizationReference, managedPolicies } from './authorization.ts';
import { botocore } from './botocore.ts';
import { cloudFormation } from './cloudformation.ts';
import { ADDED, deployerPolicy, isOfOtherService } from './deployer-policy.ts';
import { pruned } from './pruned.ts';

const HERE = new URL('../../test/infra/descriptions/', import.meta.url);
const DEPLOYER_POLICY = new URL('../../docs/deployer-policy.json', import.meta.url);

const [packages = '.build/descriptions'] = process.argv.slice(2);
const sources = (await readFile(new URL('requirements.txt', import.meta.url), 'utf8')).trim().split('\n');
const { registrations } = await recordEverything();
const operation = botocore(packages);
const resourceType = cloudFormation(packages);
const keys = [...new Set(Object.values(DESCRIBED).flatMap(({ by }) => by))].toSorted();
const resourceTypes = keys.filter((key) => key.startsWith('AWS::'));

function table(): Table {
  const whole = Object.fromEntries(
    keys.map((key) => [key, resourceTypes.includes(key) ? resourceType(key).description : operation(key)]),
  );
  const seen = new Set<Description>();
  for (const registration of registrations) violations(registration, { described: whole }, seen);
  return { sources, described: Object.fromEntries(keys.map((key) => [key, pruned(whole[key]!, seen)])) };
}

function authorization(): Authorization {
  const formsOf = authorizationReference(packages);
  const managed = Object.values(MANAGED).map((name) => [name, managedPolicies(packages)(name)] as const);
  const handlers = resourceTypes.map((type) => {
    const { list: _, ...needed } = resourceType(type).permissions;
    const asked = [...new Set(Object.values(needed).flat())].toSorted();
    return [type, asked.filter((action) => !isOfOtherService(action))] as const;
  });
  const named = [
    ...grantedBy(registrations),
    ...handlers.flatMap(([, asked]) => asked),
    ...Object.keys(ADDED),
  ];
  const actions = [...new Set(named)].toSorted().flatMap((action) => {
    const forms = formsOf(action);
    return forms ? [[action, forms] as const] : [];
  });
  return {
    sources,
    actions: Object.fromEntries(actions),
    managed: Object.fromEntries(managed),
    handlers: Object.fromEntries(handlers),
  };
}

const write = (file: URL, value: object): Promise<void> => writeFile(file, `${JSON.stringify(value)}\n`);
const asked = authorization();
await write(new URL('services.json', HERE), table());
await write(new URL('authorization.json', HERE), asked);
await write(DEPLOYER_POLICY, deployerPolicy(asked));
