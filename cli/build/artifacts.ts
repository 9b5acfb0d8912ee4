import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { quote } from '../../cedar/quote.ts';
import type { CompiledPolicy, StoreSchema, Tenant } from '../../dsl/tenants/tenant.ts';

/** What one policy is in the manifest. */
interface ListedPolicy {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly guardrail: boolean;
  /** Of the text as it is deployed, without the annotation that the files add. */
  readonly sha256: string;
  /** Where it is written. */
  readonly source: string;
  /** Whether the gateway enforces a part of it too. */
  readonly atGateway: boolean;
}

/**
 * What would be deployed, as files for review and for other tools: path -> text. Equal projects give equal texts.
 */
export function artifacts(model: Model, tenants: readonly Tenant[]): ReadonlyMap<string, string> {
  const facts = gatewayFacts(model);
  const files = new Map([['model.json', json(model)]]);
  const listed = tenants.map((tenant) => {
    const { slug, kind, groups, policies, enforcedBySchema, schema, gatewaySchema } = tenant;
    const projected = policies.map(({ id, policy }) => {
      const known = projectPolicy(policy, facts);
      return { id, text: known && printPolicy(known, { prefix: slug }), annotated: isNamed(policy) };
    });
    const full = policies.map(({ id, statement, policy }) => ({
      id,
      text: statement,
      annotated: isNamed(policy),
    }));
    files.set(`${slug}/policies.cedar`, policyFile(full));
    files.set(`${slug}/gateway.cedar`, policyFile(projected));
    files.set(`${slug}/schema.json`, schemaFile(schema));
    files.set(`${slug}/gateway-schema.json`, schemaFile(gatewaySchema));
    return {
      slug,
      kind,
      groups,
      schemaSha256: schema.sha256,
      gatewaySchemaSha256: gatewaySchema.sha256,
      enforcedBySchema,
      policies: policies.map(({ id, effect, guardrail, sha256, site }, index): ListedPolicy => ({
        id,
        effect,
        guardrail,
        sha256,
        source: `${site.file}:${site.line}:${site.column}`,
        atGateway: projected[index]?.text !== undefined,
      })),
    };
  });
  const { namespace } = model;
  const names = [MANIFEST, ...files.keys()].sort();
  return files.set(MANIFEST, json({ writtenBy: WRITTEN_BY, namespace, tenants: listed, files: names }));
}

export const MANIFEST = 'manifest.json';
/** Many things have a manifest.json: by this a build knows its own. */
export const WRITTEN_BY = 'cedarwright build';

const isNamed = ({ annotations }: CompiledPolicy['policy']): boolean => Object.hasOwn(annotations, 'id');

/** Cedar's tools call a policy by its annotation `id`. */
const policyFile = (
  policies: readonly {
    readonly id: string;
    readonly text: string | undefined;
    readonly annotated: boolean;
  }[],
): string =>
  policies
    .filter(({ text }) => text !== undefined)
    .map(({ id, text, annotated }) => (annotated ? `${text}\n` : `@id(${quote(id)})\n${text}\n`))
    .join('\n');

const schemaFile = ({ cedarJson }: StoreSchema): string => json(JSON.parse(cedarJson));

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
