import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { actionType } from '../../../cedar/closure.ts';
import { textWithExactLongs } from '../../../cedar/exact-long.ts';
import { printPolicy } from '../../../cedar/print.ts';
import type { CedarSchema } from '../../schema/cedar-json.ts';
import { cedarText } from '../../schema/cedar-text.ts';
import type { Asked } from '../asked.ts';
import { sentence } from '../expectation.ts';
import type { Subject } from '../subject.ts';
import type { CedarCase } from './case.ts';
import { entityText } from './entity-uid.ts';

/**
 * Writes what tests asked as `cedar run-tests` reads it: a folder a tenant, with `policies.cedar`,
 * `schema.cedarschema` and `tests.json`. Returns the folders.
 */
export async function exportCedarTests(asked: readonly Asked[], folder: string): Promise<string[]> {
  const bySubject = new Map<Subject, Asked[]>();
  for (const each of asked) bySubject.set(each.subject, [...(bySubject.get(each.subject) ?? []), each]);
  return Promise.all(
    [...bySubject].map(async ([subject, cases]) => {
      const { tenant, phase } = subject.world;
      const home = path.join(folder, phase === 'backend' ? tenant.slug : `${tenant.slug}-gateway`);
      await mkdir(home, { recursive: true });
      await Promise.all([
        writeFile(path.join(home, 'policies.cedar'), policiesText(subject)),
        writeFile(path.join(home, 'schema.cedarschema'), schemaText(subject)),
        writeFile(path.join(home, 'tests.json'), `${textWithExactLongs(cases.map(caseOf))}\n`),
      ]);
      return home;
    }),
  );
}

/** Policies with their ids as annotations, which is where the Cedar command line looks for them. */
const policiesText = ({ world, rules }: Subject): string =>
  rules
    .map(({ id, policy }) =>
      printPolicy({ ...policy, annotations: { ...policy.annotations, id } }, { prefix: world.tenant.slug }),
    )
    .join('\n\n')
    .concat('\n');

function schemaText({ world: { tenant, phase } }: Subject): string {
  const { cedarJson } = phase === 'backend' ? tenant.schema : tenant.gatewaySchema;
  const schema: CedarSchema = JSON.parse(cedarJson);
  return cedarText(schema);
}

/** A test says what Cedar itself answers: that an error denies is our rule, and not yet Cedar's. */
function caseOf({ subject, given, examination, expected, test, pinned }: Asked): CedarCase {
  const { principal, action, resource, context, entities } = examination.request;
  const { result } = examination;
  const erring = result.errors.length;
  const actions = actionType(subject.world.model);
  return {
    name: `${test === undefined ? '' : `${test}: `}${expected === 'allow' ? 'can' : 'cannot'} ${sentence(given)}`,
    request: {
      principal: entityText(principal),
      action: entityText(action),
      resource: entityText(resource),
      context,
    },
    entities: entities.filter(({ uid }) => uid.type !== actions),
    decision: erring > 0 ? result.decision : expected,
    reason: pinned.filter((id) => !result.errors.some((error) => error.id === id)),
    num_errors: erring,
  };
}
