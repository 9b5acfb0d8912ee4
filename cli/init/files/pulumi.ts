import type { Plan } from '../plan.ts';

/** `infra.ts`: the whole program is this package's. */
export const infraFile = (): string => `/** What \`pulumi up\` runs. */
export * from 'cedarwright/infra';
`;

export const pulumiYaml = ({ name }: Plan): string => `name: ${name}
description: User pools, policy stores, registry rows, authorizers and API Gateway wiring, from tenants/
main: infra.ts
runtime:
  name: nodejs
  options:
    packagemanager: npm
    # Types are checked before the program runs, not by the runtime.
    typescript: false
    nodeargs: --import cedarwright/register
options:
  # Drift made by hand is seen by a plain \`up\`.
  refresh: always
`;

export const pulumiDevYaml =
  (): string => `# A stack to play with. Secrets are set by hand and encrypted by Pulumi:
#   pulumi config set --secret cedarwright:gatewaySecret "$(openssl rand -base64 24)"
config:
  aws:region: eu-central-1
  # Where the gateway forwards to: the URL of your service.
  cedarwright:backendUrl: https://backend.dev.example.com
  # Off, so that \`pulumi destroy\` works.
  cedarwright:protect: 'false'
`;
