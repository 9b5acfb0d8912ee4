import type { Site } from '../../cedar/ast.ts';
import { callSite } from '../policy/call-site.ts';
import type {
  Extension,
  Federation,
  FederationDefinition,
  OidcIssuer,
  OidcIssuerDefinition,
} from '../policy/types.ts';
import type { Vocabulary } from '../policy/vocabulary.ts';
import { type Identity, identityMark } from './identity.ts';
import type { TenantKind, TenantDefinition } from './tenant.ts';

const tenantFile: unique symbol = Symbol('tenant');
const guardrailsFile: unique symbol = Symbol('guardrails');

/** What a tenant file exports by default: `saasTenant(...)`, `customerApp(...)`. Opaque: the loader reads it. */
export interface TenantFile {
  readonly [tenantFile]: true;
}
/** What `guardrails(...)` makes. */
export interface GuardrailsFile {
  readonly [guardrailsFile]: true;
}

/** The API that a file was written against. */
interface Api {
  readonly vocabulary: Vocabulary;
  readonly op: object;
}

/** A tenant file as it was written; the compiler has checked it against the types of its kind. */
export interface Written extends Partial<
  Pick<TenantDefinition, 'tokenUse' | 'decisionMode' | 'tokenTtlSeconds'>
> {
  readonly slug: string;
  readonly groups?: readonly string[];
  readonly attributes?: Extension<string>;
  /** Methods, because their parameters may be narrower: each file's language is of a type of its own. */
  policies(dsl: object): readonly object[];
  readonly users?: Readonly<Record<string, object>>;
  readonly dataTenants?: readonly string[];
  readonly identity?: object;
  readonly tier?: string;
  readonly scopes?: readonly string[];
  readonly client?: object;
}
export interface WrittenTenant extends Api {
  readonly kind: TenantKind;
  readonly written: Written;
  readonly at: Site;
}
export interface WrittenGuardrails extends Api {
  make(dsl: object): readonly object[];
  readonly at: Site;
}

const tenants = new WeakMap<object, WrittenTenant>();
const identities = new WeakMap<object, Identity>();
const guardrailFiles = new WeakMap<object, WrittenGuardrails>();

/**
 * What tenant files call. Nothing is evaluated yet: conditions run when the loader reads the file, where their
 * mistakes can be collected.
 */
export function tenantKinds(vocabulary: Vocabulary, op: object) {
  const kindOf = (kind: TenantKind) => {
    const define = (written: Written): TenantFile => {
      const file = Object.freeze<TenantFile>({ [tenantFile]: true });
      tenants.set(file, { vocabulary, op, kind, written, at: callSite(define) });
      return file;
    };
    return define;
  };
  const guardrails = (make: (dsl: never) => readonly object[]): GuardrailsFile => {
    const file = Object.freeze<GuardrailsFile>({ [guardrailsFile]: true });
    guardrailFiles.set(file, { vocabulary, op, make, at: callSite(guardrails) });
    return file;
  };
  return {
    saasTenant: kindOf('saasTenant'),
    customerApp: kindOf('customerApp'),
    workforceApp: kindOf('workforceApp'),
    serviceClient: kindOf('serviceClient'),
    federatedWith,
    oidcIssuer,
    guardrails,
    retired,
  };
}

const DEFAULT_SCOPES = ['openid', 'email', 'profile'] as const;

function federatedWith({ issuer, clientId, scopes = DEFAULT_SCOPES }: FederationDefinition): Federation {
  const made = Object.freeze<Federation>({ [identityMark]: 'federated' });
  identities.set(made, { kind: 'federated', issuer, clientId, scopes });
  return made;
}

/** Whatever its attributes: the compiler has checked them where the language is bound to an API. */
function oidcIssuer({
  claims = {},
  ownClaims = {},
  ...rest
}: OidcIssuerDefinition<string>): OidcIssuer<never> {
  const made = Object.freeze<OidcIssuer<never>>({ [identityMark]: 'issuer' });
  const listed = Object.entries({ ...ownClaims, ...claims }).flatMap(([attribute, claim]) =>
    claim === undefined ? [] : [[attribute, claim] as const],
  );
  identities.set(made, { kind: 'issuer', ...rest, claims: Object.fromEntries(listed) });
  return made;
}

/** What a file of a retired tenant exports. Nobody runs it: its text says everything. */
const retired = (_slug: string): TenantFile => Object.freeze<TenantFile>({ [tenantFile]: true });

/** What a default export was made from; nothing for anything but a tenant. */
export const writtenTenant = (file: unknown): WrittenTenant | undefined => find(tenants, file);

/** The same of guardrails. */
export const writtenGuardrails = (file: unknown): WrittenGuardrails | undefined => find(guardrailFiles, file);

/** What `federatedWith(…)` or `oidcIssuer(…)` was given. */
export const writtenIdentity = (made: unknown): Identity | undefined => find(identities, made);

function find<T>(files: WeakMap<object, T>, file: unknown): T | undefined {
  return typeof file === 'object' && file !== null ? files.get(file) : undefined;
}
