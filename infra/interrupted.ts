import * as pulumi from '@pulumi/pulumi';
import { getUserPoolClients } from '@pulumi/aws/cognito/getUserPoolClients.js';
import { getResources } from '@pulumi/aws/resourcegroupstaggingapi/getResources.js';
import { NAMELESS, TAG, tagOf } from './nameless.ts';
import { remedyFor } from './unrecorded.ts';

const CLIENT = 'aws:cognito/userPoolClient:UserPoolClient';

/**
 * A deployment that is killed leaves what AWS made and the engine never recorded. The next one must not make it twice,
 * nor leave the person alone with "already exists": it says what is there, and the command that mends it.
 */
export function watchForInterrupted(): void {
  const once = new pulumi.ResourceHook('made-once', refuseSecond);
  const explain = new pulumi.ErrorHook(
    'explain-what-is-there',
    async ({ urn, type, newInputs, failedOperation, errors }) => {
      if (failedOperation === 'create' && errors.some(saysItIsThere)) {
        await pulumi.log.error(remedyFor({ urn, type, inputs: newInputs ?? {} }));
      }
      // Another try would fail in the same way.
      return false;
    },
  );
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    if (!type.startsWith('aws:')) return undefined;
    const beforeCreate = NAMELESS.has(type) || type === CLIENT ? { beforeCreate: [once] } : {};
    return { props, opts: pulumi.mergeOptions(opts, { hooks: { ...beforeCreate, onError: [explain] } }) };
  });
}

/** @throws Error when the resource is there already, which only a deployment that was cut short can have made */
async function refuseSecond({ urn, name, type, newInputs }: pulumi.ResourceHookArgs): Promise<void> {
  const [id] = type === CLIENT ? await clientsLike(newInputs ?? {}) : await taggedAs(name);
  if (id !== undefined) throw new Error(remedyFor({ urn, type, inputs: newInputs ?? {}, id }));
}

async function taggedAs(name: string): Promise<string[]> {
  const { resourceTagMappingLists } = await getResources({
    tagFilters: [{ key: TAG, values: [tagOf(name)] }],
  });
  return resourceTagMappingLists.map(({ resourceArn }) => resourceArn.split('/').at(-1)!);
}

async function clientsLike({ userPoolId, name }: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { clientIds, clientNames } = await getUserPoolClients({ userPoolId: String(userPoolId) });
  return clientIds.filter((_, index) => clientNames[index] === name);
}

/** Services say so in words of their own. */
const saysItIsThere = (error: string): boolean =>
  /already exist|AlreadyExists|ResourceInUse|ResourceConflict|Conflict|ConditionalCheckFailed|conditional request failed/i.test(
    error,
  );
