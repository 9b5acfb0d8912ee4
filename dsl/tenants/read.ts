import { type PlainPolicy, policyToPlain } from '../../cedar/json.ts';
import type { Policy } from '../../cedar/ast.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { createDsl } from '../policy/dsl.ts';
import type { GuardedTenant } from '../policy/types.ts';
import {
  type Written,
  type WrittenTenant,
  writtenGuardrails,
  writtenIdentity,
  writtenTenant,
} from './define.ts';
import { extensionOf } from './extension.ts';
import { collect, foreignGroups } from './policies.ts';
import { DEFAULT_TIER, type Service } from './service.ts';
import type { TenantDefinition, TestUser } from './tenant.ts';

/** A tenant as JSON can carry it. Sites are places in the code that ran. */
export interface PlainTenant extends Omit<TenantDefinition, 'policies'> {
  readonly policies: readonly PlainPolicy[];
}

/** What a file says, or every mistake that is in it. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const GUARDRAIL = 'guardrail-';
const RESERVED = [GUARDRAIL, 'live-'];
/** The sync keeps what became of a release beside what became of each policy. */
const RELEASE = 'release';
const DEFAULT_TOKEN_TTL_SECONDS = 300;

/** Reads the default export of a tenant file: runs its policies and conditions. */
export function tenantToPlain(file: unknown): Outcome<PlainTenant> {
  const tenant = writtenTenant(file);
  if (!tenant)
    return failed(
      notExported('saasTenant({ … }), customerApp({ … }), workforceApp({ … }) or serviceClient({ … })'),
    );
  return attempt(() => {
    const { written, vocabulary, op, at, kind } = tenant;
    const groups = written.groups ?? [];
    const { policies, problems } = collect(() => written.policies(createDsl(vocabulary, op, groups)), at);
    const isGroup = (name: string): boolean =>
      groups.includes(name) || Object.hasOwn(vocabulary.groups, name);
    refuse([
      ...problems,
      ...groupProblems(tenant, groups),
      ...foreignGroups(policies, isGroup),
      ...reservedIds(policies),
    ]);
    return {
      kind,
      slug: written.slug,
      groups,
      attributes: extensionOf(written.attributes ?? {}),
      policies: policies.map(policyToPlain),
      users: written.users ?? {},
      tokenUse: written.tokenUse ?? 'access',
      decisionMode: written.decisionMode ?? 'verified-permissions',
      tokenTtlSeconds: written.tokenTtlSeconds ?? DEFAULT_TOKEN_TTL_SECONDS,
      dataTenants: dataTenantsOf(written),
      ...identityOf(tenant),
      ...(kind === 'serviceClient' && { service: serviceOf(written) }),
    };
  });
}

/** Reads the default export of the guardrails' file, for one tenant. */
export function guardrailsToPlain(file: unknown, tenant: GuardedTenant): Outcome<readonly PlainPolicy[]> {
  const guardrails = writtenGuardrails(file);
  if (!guardrails) return failed(notExported('guardrails(…)'));
  return attempt(() => {
    const { vocabulary, op, at } = guardrails;
    const { policies, problems } = collect(
      () => guardrails.make({ ...createDsl(vocabulary, op), ...tenant }),
      at,
    );
    refuse([
      ...problems,
      ...foreignGroups(policies, (name) => Object.hasOwn(vocabulary.groups, name)),
      ...unmarked(policies),
    ]);
    return policies.map(policyToPlain);
  });
}

/** @throws ProblemsError for anything that the functions of the language did not make */
function identityOf({ written: { identity }, at }: WrittenTenant): Pick<TenantDefinition, 'identity'> {
  if (identity === undefined) return {};
  const written = writtenIdentity(identity);
  if (written) return { identity: written };
  throw new ProblemsError([
    {
      site: at,
      code: 'IDENTITY',
      message: 'the identity is not made by federatedWith(…) or oidcIssuer(…)',
      remedy: 'write identity: oidcIssuer({ issuer, clients, … })',
    },
  ]);
}

function serviceOf({ tier = DEFAULT_TIER, scopes = [], client = {} }: Written): Service {
  const { groups = [], attributes = {} }: TestUser = client;
  return { tier, scopes, groups, attributes };
}

/** A tenant that names no other reaches its own rows. */
const dataTenantsOf = ({ dataTenants, slug }: Written): readonly string[] => dataTenants ?? [slug];

function groupProblems({ vocabulary, at }: WrittenTenant, groups: readonly string[]): Problem[] {
  return groups
    .filter((name, index) => Object.hasOwn(vocabulary.groups, name) || groups.indexOf(name) !== index)
    .map((name) => ({
      site: at,
      code: 'DUPLICATE_GROUP',
      message: `the group "${name}" is there already`,
      remedy: 'every tenant has the common groups; list each of its own once',
    }));
}

function reservedIds(policies: readonly Policy[]): Problem[] {
  return policies
    .filter(({ id }) => id === RELEASE || RESERVED.some((prefix) => id.startsWith(prefix)))
    .map(({ id, at }) => ({
      ...(at && { site: at }),
      code: 'RESERVED_ID',
      message: `"${id}" is the id of a release, or begins like that of a guardrail or of a live policy`,
      remedy: `choose an id that is not ${RELEASE} and begins with neither ${RESERVED.join(' nor ')}`,
    }));
}

function unmarked(policies: readonly Policy[]): Problem[] {
  return policies
    .filter(({ id }) => !id.startsWith(GUARDRAIL))
    .map(({ id, at }) => ({
      ...(at && { site: at }),
      code: 'UNMARKED_GUARDRAIL',
      message: `"${id}" does not say that it is a guardrail`,
      remedy: `begin the id with ${GUARDRAIL}`,
    }));
}

function notExported(what: string): Problem {
  return {
    code: 'NO_DEFAULT_EXPORT',
    message: 'the file does not export what it defines',
    remedy: `write export default ${what}`,
  };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

const failed = (problem: Problem): { ok: false; problems: Problem[] } => ({ ok: false, problems: [problem] });

function attempt<T>(read: () => T): Outcome<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof ProblemsError) return { ok: false, problems: error.problems };
    throw error;
  }
}
