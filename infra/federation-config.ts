import * as pulumi from '@pulumi/pulumi';
import type { Problem } from '../dsl/check/problem.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import type { Settings } from './config-keys.ts';
import type { FederationArgs } from './federation.ts';

/** What the configuration says of a federated tenant. */
export type FederationOf = (slug: string) => Omit<FederationArgs, 'identity'>;

type Federations = Pick<Settings, 'callbackUrls' | 'identityProviderSecretsOf'>;

/** Reads the secrets apart from everything else: they never become plain values. */
export function federations({ callbackUrls }: Federations): FederationOf {
  const secrets =
    new pulumi.Config('cedarwright').getSecretObject<Readonly<Record<string, string>>>(
      'identityProviderSecrets',
    ) ?? pulumi.output<Readonly<Record<string, string>>>({});
  return (slug) => ({
    // Only a tenant that is retiring, whose provider stays as it is, may have neither.
    secret: secrets.apply((all) => all[slug] ?? all['default'] ?? ''),
    callbackUrls: callbackUrls[slug] ?? callbackUrls['default'] ?? [],
  });
}

/** Tenants whose people could not sign in, because their provider or their application would not be told enough. */
export function federationProblems(
  { callbackUrls, identityProviderSecretsOf: secrets }: Federations,
  tenants: readonly Pick<Tenant, 'slug' | 'file' | 'identity'>[],
): Problem[] {
  const federated = tenants.filter(({ identity }) => identity?.kind === 'federated');
  const without = (known: readonly string[]): typeof federated =>
    known.includes('default') ? [] : federated.filter(({ slug }) => !known.includes(slug));
  return [
    ...without(secrets).map(({ slug, file }) => ({
      code: 'CONFIG',
      message: `config key cedarwright:identityProviderSecrets has no secret for ${file}, whose people sign in elsewhere`,
      remedy: `pulumi config set --secret --path 'cedarwright:identityProviderSecrets.${slug}' <the provider's client secret>`,
    })),
    ...without(Object.keys(callbackUrls)).map(({ slug, file }) => ({
      code: 'CONFIG',
      message: `config key cedarwright:callbackUrls has no address for ${file}, to which its people could come back`,
      remedy: `pulumi config set --path 'cedarwright:callbackUrls.${slug}[0]' 'https://${slug}.example.com/callback'`,
    })),
  ];
}
