import * as pulumi from '@pulumi/pulumi';
import { isObject } from '../authz/item-shape.ts';
import type { Life, Lives } from './lives.ts';

/** The output in which a stack keeps what the next deployment must know of this one. */
export const DEPLOYED = 'deployed';

/**
 * The lives of all tenants as the last deployment left them: this stack's own last outputs, which outlast failed runs.
 * None on a stack's first one.
 * @throws pulumi.RunError when the output is not what this program writes
 */
export async function livesBefore(): Promise<Lives> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const { value, secretValue } = await new pulumi.StackReference(name).getOutputDetails(DEPLOYED);
  const text: unknown = value ?? secretValue;
  if (text === undefined) return {};
  const lives: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
  if (isLives(lives)) return lives;
  throw new pulumi.RunError(
    `the output ${DEPLOYED} of ${name} is not what this program wrote — look at: pulumi stack output ${DEPLOYED} --show-secrets`,
  );
}

/**
 * As an output. It is no secret, but marked as one: the CLI would show it, the text of all policies, after every
 * deployment. `done`: what must have succeeded for it to be so.
 */
export const livesOutput = (lives: Lives, done: readonly pulumi.Input<unknown>[]): pulumi.Output<string> =>
  pulumi.secret(pulumi.all([...done]).apply(() => JSON.stringify(lives)));

const isLives = (value: unknown): value is Lives => isObject(value) && Object.values(value).every(isLife);

function isLife(value: unknown): value is Life {
  if (!isObject(value)) return false;
  const { state, kind, groups, policies } = value;
  if (state === 'retired') return true;
  const isKnown = typeof kind === 'string' && Array.isArray(groups) && isObject(policies);
  return (state === 'active' || state === 'retiring') && isKnown;
}
