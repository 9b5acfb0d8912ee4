import type * as pulumi from '@pulumi/pulumi';
import { ownPrefix } from './names.ts';

/**
 * Types whose names AWS does not keep unique, or that have none: what was made of them and never recorded would be made
 * a second time. A tag says which resource of which stack each is.
 */
export const NAMELESS: ReadonlySet<string> = new Set([
  'aws:cognito/userPool:UserPool',
  'aws:verifiedpermissions/policyStore:PolicyStore',
  'aws:apigateway/restApi:RestApi',
  'aws:apigateway/usagePlan:UsagePlan',
  'aws:apigatewayv2/api:Api',
]);

export const TAG = 'cedarwright:resource';

/** `cedarwright-dev/acme-pool` */
export const tagOf = (name: string): string => `${ownPrefix()}/${name}`;

/** Inputs that the provider would fill at random, so that what is made a second time would stand beside the first. */
const AT_RANDOM: Readonly<Record<string, string>> = {
  'aws:iam/rolePolicy:RolePolicy': 'name',
  'aws:lambda/permission:Permission': 'statementId',
};

/** Gives every resource something to be known by: a name where the service keeps one, else a tag. */
export const nameAll: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
  const input = AT_RANDOM[type];
  // The SDK names every input, those too that are not given.
  if (input !== undefined) return { props: { ...props, [input]: props[input] ?? name }, opts };
  if (NAMELESS.has(type))
    return { props: { ...props, tags: { ...tagsIn(props), [TAG]: tagOf(name) } }, opts };
  return undefined;
};

const tagsIn = (props: object): object =>
  'tags' in props && typeof props.tags === 'object' && props.tags !== null ? props.tags : {};
