import * as pulumi from '@pulumi/pulumi';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Known } from './lives.ts';

/**
 * A tenant that is on its way out, for the component that once made it: the same resources by the same names. What
 * only its file knew stays as it is deployed; see `KEEP_CONTENTS`.
 */
export function asDeployed({
  slug,
  kind,
  groups,
  identity,
  service,
  withToken,
  policies,
}: { readonly slug: string } & Known): Tenant {
  const unknown = { cedarJson: '', sha256: '' };
  const at = { file: `tenants/${slug}.ts`, line: 1, column: 1 };
  return {
    slug,
    kind,
    groups,
    ...(identity && { identity }),
    ...(service && { service }),
    file: at.file,
    policies: Object.entries(policies).map(([id, statement]) => ({
      id,
      statement,
      effect: 'permit',
      guardrail: false,
      sha256: '',
      scopeHash: '',
      site: at,
      policy: { ...EVERYTHING, id },
    })),
    attributes: {},
    users: {},
    tokenUse: 'access',
    decisionMode: withToken ? 'verified-permissions-with-token' : 'verified-permissions',
    tokenTtlSeconds: 0,
    dataTenants: [],
    enforcedBySchema: [],
    schema: unknown,
    gatewaySchema: unknown,
  };
}

const EVERYTHING = {
  effect: 'permit',
  principal: { kind: 'any' },
  action: { kind: 'any' },
  resource: { kind: 'any' },
  clauses: [],
  annotations: {},
} as const;

const keepContents: pulumi.ResourceTransformation = ({ type, props, opts }) => {
  const contents = CONTENTS[type];
  return contents ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: [contents] }) } : undefined;
};

/** The engine keeps what is deployed of items and schemas, whatever the program says. */
export const KEEP_CONTENTS: pulumi.ComponentResourceOptions = { transformations: [keepContents] };

const CONTENTS: Readonly<Record<string, string>> = {
  'aws:dynamodb/tableItem:TableItem': 'item',
  'aws:verifiedpermissions/schema:Schema': 'definition',
  // Its secret may be gone from the configuration, and so may the addresses.
  'aws:cognito/identityProvider:IdentityProvider': 'providerDetails',
  'aws:cognito/userPoolClient:UserPoolClient': 'callbackUrls',
};
