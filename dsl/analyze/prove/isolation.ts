import { gatewayFacts } from '../../../cedar/gateway-facts.ts';
import type { Model } from '../../../cedar/model.ts';
import { projectPolicy } from '../../../cedar/project.ts';
import type { Tenant, TenantKind } from '../../tenants/tenant.ts';
import type { Environment } from '../environments.ts';
import { type PolicySet, tenantPolicySets } from '../policy-set.ts';
import { areTheSame, canBeTheSame, type Claim, isOneOf, namesTenant } from './claim.ts';
import { type Proof, prove, type Proving } from './proof.ts';

/** What is proved of the isolation of one tenant, or of a file of policies. */
export interface Isolation {
  readonly name: string;
  /** Why isolation is nothing that can be asked of it; what its policies keep to is proved all the same. */
  readonly notApplicable?: string;
  readonly proofs: readonly (Proof & { readonly phase: Phase })[];
  /** Types whose entities belong to nobody; of plain Cedar, pairs of types that do not both say whose they are. */
  readonly leftOut: readonly string[];
  /** What it takes for granted. */
  readonly assumes: readonly string[];
}

/** `full`: as the backend asks them; `gateway`: the part that is decided before the resource is known. */
export type Phase = 'full' | 'gateway';

export interface ProvingIsolation extends Proving {
  /** Is told what is being looked at. */
  readonly progress: (what: string) => void;
}

/** What is taken for granted of the data: no policy can make it true. */
const WELL_FORMED = [
  'entities and context have all that the schema requires, of the types that it says',
  'every entity that a policy reads is there, in all its groups and parents, and in no circle',
];
const OF_PLAIN = [...WELL_FORMED, 'the `tenant` of an entity is true'];
const OF_TENANTS = [
  ...WELL_FORMED,
  'the `tenant` of an entity is true: the registry says it of principals, of resources the service that stores them',
  'the policies are those of the files: what is `live` in the policy table is not looked at',
];

/** Proves of tenants that they allow nothing beyond their own. */
export async function proveTenants(
  model: Model,
  tenants: readonly Tenant[],
  proving: ProvingIsolation,
): Promise<Isolation[]> {
  const full = tenantPolicySets(model, tenants);
  const gateway = gatewaySets(model, tenants);
  const shared = new Set(
    Object.entries(model.entityTypes)
      .filter(([, { tenancy }]) => tenancy === 'shared')
      .map(([name]) => `${model.namespace}::${name}`),
  );
  const found: Isolation[] = [];
  for (const [index, { slug, kind, dataTenants }] of tenants.entries()) {
    const principals = isOneOf('principal', [slug], () => true);
    const resources = isOneOf('resource', dataTenants, ({ resource }) => !shared.has(resource));
    const proofs: (Proof & { phase: Phase })[] = [];
    const add = async (phase: Phase, set: PolicySet | undefined, claim: Claim): Promise<void> => {
      if (!set?.environments.some(claim.speaksOf)) return;
      proving.progress(`${slug}: ${claim.text} (${phase})`);
      proofs.push({ phase, ...(await prove(claim, set, proving)) });
    };
    await add('full', full[index], principals);
    await add('full', full[index], resources);
    await add('gateway', gateway[index], principals);
    const notApplicable = whyNot(kind, slug, dataTenants);
    const leftOut = resourcesOf(full[index]?.environments ?? []).filter((type) => shared.has(type));
    found.push({
      name: slug,
      ...(notApplicable !== undefined && { notApplicable }),
      proofs,
      leftOut,
      assumes: OF_TENANTS,
    });
  }
  return found;
}

/** Only the people of a SaaS tenant bring the tenant with them; the registry says it of all others, by their client. */
function whyNot(kind: TenantKind, slug: string, dataTenants: readonly string[]): string | undefined {
  if (kind === 'saasTenant') return undefined;
  const reach =
    dataTenants.length === 1 && dataTenants[0] === slug
      ? 'its own rows'
      : `the rows of ${dataTenants.join(', ')}`;
  return `a ${kind} has no tenant claim: the registry says whose its principals are, and \`dataTenants\` that they reach ${reach}`;
}

function gatewaySets(model: Model, tenants: readonly Tenant[]): PolicySet[] {
  const facts = gatewayFacts(model);
  return tenantPolicySets(
    model,
    tenants.map((tenant) => ({
      ...tenant,
      schema: tenant.gatewaySchema,
      policies: tenant.policies.flatMap((each) => {
        const policy = projectPolicy(each.policy, facts);
        return policy ? [{ ...each, policy }] : [];
      }),
    })),
  );
}

const NO_TENANTS = 'no kind of request is between types that say whose they are, by an attribute `tenant`';

/** The same of plain Cedar: of one tenant where it is named, else that principal and resource have the same. */
export async function proveSet(
  set: PolicySet,
  tenant: string | undefined,
  proving: ProvingIsolation,
): Promise<Isolation> {
  const has = (type: string): boolean => namesTenant(set.schema, type);
  const claims =
    tenant === undefined
      ? [areTheSame((environment) => canBeTheSame(set.schema, environment))]
      : [
          isOneOf('principal', [tenant], ({ principal }) => has(principal)),
          isOneOf('resource', [tenant], ({ resource }) => has(resource)),
        ];
  const proofs: (Proof & { phase: Phase })[] = [];
  for (const claim of claims) {
    if (!set.environments.some(claim.speaksOf)) continue;
    proving.progress(claim.text);
    proofs.push({ phase: 'full', ...(await prove(claim, set, proving)) });
  }
  const silent = set.environments.filter(
    (environment) => !claims.every(({ speaksOf }) => speaksOf(environment)),
  );
  const leftOut = [...new Set(silent.map(({ principal, resource }) => `${principal} on ${resource}`))].sort();
  return {
    name: set.name,
    ...(proofs.length === 0 && { notApplicable: NO_TENANTS }),
    proofs,
    leftOut,
    assumes: OF_PLAIN,
  };
}

const resourcesOf = (environments: readonly Environment[]): string[] =>
  [...new Set(environments.map(({ resource }) => resource))].sort();
