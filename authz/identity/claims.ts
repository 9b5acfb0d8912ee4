import { type Model, type PrincipalAttribute, RESERVED_ATTRIBUTES } from '../../cedar/model.ts';
import { cedarValue, type Refer } from '../decide/cedar-value.ts';
import type { CedarJson } from '../decide/decider.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import { carriesPermissions, type RegistryRow } from '../tables/registry.ts';
import { userPoolOf } from './cognito-issuer.ts';
import { referAs } from './principal.ts';
import { addedToPrincipals } from './tenant-attributes.ts';
import type { Claims } from './verify.ts';

/** What verified claims say of a principal, in the model's terms. */
export interface Subject {
  readonly sub: string;
  /** Names, without the tenant's prefix. */
  readonly groups: readonly string[];
  readonly attributes: Readonly<Record<string, CedarJson>>;
  /** Attributes that only the tenant has: unknown at the gateway. */
  readonly tenantAttributes: Readonly<Record<string, CedarJson>>;
  /** Keys of the operations that our token hook allowed, where the tenant's tokens carry them. */
  readonly permissions?: readonly string[];
}

/** Verified Permissions ends entity ids at 200 characters, of which a slug and its separator take up to 32. */
const MAX_NAME_CHARACTERS = 168;

/**
 * Reads a principal out of verified claims, by the registry row's claim map and the model's types. Whatever is absent
 * or of another shape is refused, never dropped: a dropped group or attribute may be the one that a forbid asks for.
 */
export function readSubject(
  claims: Claims,
  issuer: string,
  row: RegistryRow,
  model: Model,
): { readonly ok: true; readonly subject: Subject } | Refusal {
  const ownHook = userPoolOf(issuer) !== undefined;
  // Every token hook of ours writes it. What a foreign issuer calls a tenant is its own business: the registry alone
  // says whose the issuer's client is.
  if (ownHook && claim(claims, 'tenant_id') !== row.slug) return refuse('TENANT_MISMATCH');

  const sub = claim(claims, 'sub');
  if (!isName(sub)) return refuse(sub === undefined ? 'CLAIM_MISSING' : 'CLAIM_INVALID');
  const groups = groupsOf(claims, row, ownHook);
  if (!groups) return refuse('CLAIM_INVALID');

  const from = { claims, row, ownHook, refer: referAs(model, row.slug) };
  const own = readAttributes(model.principalTypes[row.principalType]?.attributes ?? {}, from);
  if (!own.ok) return own;
  const added = readAttributes(addedToPrincipals(row), from);
  if (!added.ok) return added;
  const permissions = ownHook ? permissionsIn(claims, row) : undefined;
  return {
    ok: true,
    subject: {
      sub,
      groups: [...new Set(groups)],
      attributes: own.attributes,
      tenantAttributes: added.attributes,
      ...(permissions && { permissions }),
    },
  };
}

/** The claim in which a token carries what its holder may do; written by our own hook only. */
export const PERMISSIONS_CLAIM = 'gateway_permissions';

/** A claim of another shape grants nothing. */
function permissionsIn(claims: Claims, { decisionMode }: RegistryRow): readonly string[] | undefined {
  if (!carriesPermissions(decisionMode)) return undefined;
  const carried = claim(claims, PERMISSIONS_CLAIM);
  return isTexts(carried) ? carried : [];
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The claim in which a service's token carries its groups: user pools know groups of users alone. */
export const SERVICE_GROUPS_CLAIM = 'service_groups';

/** Where our own token hook, or the pool, puts the groups of a tenant's principals. */
export const groupsClaimOf = ({ kind }: Pick<RegistryRow, 'kind'>): string =>
  kind === 'serviceClient' ? SERVICE_GROUPS_CLAIM : 'cognito:groups';

/**
 * Undefined when the claim is no list of names. Of a foreign issuer only the tenant's own groups count: the platform's
 * are not for others to give.
 */
function groupsOf(claims: Claims, row: RegistryRow, ownHook: boolean): readonly string[] | undefined {
  const name = ownHook ? groupsClaimOf(row) : row.groupsClaim;
  const groups = name === undefined ? [] : (claim(claims, name) ?? []);
  if (!Array.isArray(groups) || !groups.every(isName)) return undefined;
  return ownHook ? groups : groups.filter((group) => row.groups?.includes(group));
}

/** Where the attributes of a principal are read from. */
interface Source {
  readonly claims: Claims;
  readonly row: RegistryRow;
  /** Whether a token hook of ours wrote the claims. */
  readonly ownHook: boolean;
  readonly refer: Refer;
}

function readAttributes(
  types: Readonly<Record<string, PrincipalAttribute>>,
  source: Source,
): { readonly ok: true; readonly attributes: Readonly<Record<string, CedarJson>> } | Refusal {
  const attributes: Record<string, CedarJson> = {};
  for (const [name, attribute] of Object.entries(types)) {
    const given = valueOf(name, attribute, source);
    if (given === undefined) {
      if (attribute.required) return refuse('CLAIM_MISSING');
      continue;
    }
    const value = cedarValue(attribute.type, given, source.refer);
    if (value === undefined || !isWellFormed(value)) return refuse('CLAIM_INVALID');
    attributes[name] = value;
  }
  return { ok: true, attributes };
}

/** Reserved attributes come from the registry or from our own token hook, whatever the row's claim map says. */
function valueOf(name: string, attribute: PrincipalAttribute, { claims, row, ownHook }: Source): unknown {
  const { from } = attribute;
  if (from.source !== 'claim') return from.source === 'tenant' ? row.slug : row.kind;
  const isReserved = (RESERVED_ATTRIBUTES as readonly string[]).includes(name);
  // People of a foreign issuer have no records here that could say it: the issuer itself lets nobody in whom it
  // suspended, and a live policy forbids at once.
  if (isReserved && !ownHook) return name === 'suspended' ? false : undefined;
  if (isReserved) return claim(claims, from.claim);
  const mapped = Object.entries(row.claimMap).find(([, mappedTo]) => mappedTo === name)?.[0];
  const given = mapped === undefined ? undefined : claim(claims, mapped);
  // What our token hook would have written; see enrich/claims.ts.
  return given ?? (ownHook ? undefined : attribute.default);
}

const claim = (claims: Claims, name: string): unknown =>
  Object.hasOwn(claims, name) && claims[name] !== null ? claims[name] : undefined;

const isName = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= MAX_NAME_CHARACTERS &&
  !/[\p{Cc}\p{Surrogate}]/u.test(value);

/** Half a character has no form in UTF-8: the engine would see another text, or none and give no answer at all. */
const isWellFormed = (value: CedarJson): boolean => {
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value);
  return typeof value !== 'object' || Object.values(value).every((part) => isWellFormed(part));
};
