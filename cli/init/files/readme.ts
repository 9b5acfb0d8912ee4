import type { Plan } from '../plan.ts';
import { TENANT } from './tenant.ts';

/** `README.md`: thirty lines. */
export const readme = ({ name, api }: Plan): string => `# ${name}

Who may do what on the API of \`${api}\`, written with cedarwright.

\`\`\`sh
npm install && npm start
\`\`\`

starts a gateway on this machine that really allows and really denies, and prints requests to try. Edit a file in
\`tenants/\` while it runs: it holds within two seconds.

| where                            | what                                                                |
| -------------------------------- | ------------------------------------------------------------------- |
| \`${api}\` | the API document                                                    |
| \`tenants/${TENANT}.ts\`                | a tenant: who may sign in, and its policies. A new file is a tenant |
| \`tenants/shared/guardrails.ts\`   | what holds for every tenant                                         |
| \`test/policies/\`                 | what the policies must allow and deny                               |
| \`dsl/\`                           | the language, bound to this API; \`dsl/generated/\` is generated      |
| \`backend/\`                       | the service behind the gateway: a stub to replace by yours          |
| \`infra.ts\`, \`Pulumi*.yaml\`       | what \`pulumi up\` deploys                                            |

| command          | what it does                                                       |
| ---------------- | ------------------------------------------------------------------ |
| \`npm start\`      | the gateway on this machine                                        |
| \`npm test\`       | the policy tests                                                   |
| \`npm run check\`  | everything that would stop a deployment, as \`file:line:column\`     |
| \`npm run schema\` | writes \`dsl/generated/\` anew after a change of the API document    |

What OpenAPI cannot say about authorization stands in \`x-authz\`, in the document itself or in \`authz.yaml\` beside
it: resources and their attributes, who calls, groups, context. \`node_modules/cedarwright/dsl/schema/x-authz.md\`
describes it.
`;
