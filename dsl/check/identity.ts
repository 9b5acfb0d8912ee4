import type { Site } from '../../cedar/ast.ts';
import { type Model, type PrincipalAttribute, RESERVED_ATTRIBUTES } from '../../cedar/model.ts';
import type { FederatedIdentity, IssuerIdentity } from '../tenants/identity.ts';
import type { TenantDefinition } from '../tenants/tenant.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';

type Found = Pick<Problem, 'message' | 'remedy'>;

/** Identities that could sign nobody in, or somebody whom nobody meant. */
export function identityProblems(tenant: TenantDefinition, model: Model, at: Site): Problem[] {
  return found(tenant, model).map(({ message, remedy }) => ({
    site: at,
    code: 'IDENTITY',
    message: printable(message),
    remedy,
  }));
}

function found(tenant: TenantDefinition, model: Model): Found[] {
  const { identity, kind } = tenant;
  if (!identity)
    return kind === 'workforceApp'
      ? [
          {
            message: 'a workforceApp does not say where its people sign in',
            remedy: 'write identity: federatedWith({ issuer, clientId })',
          },
        ]
      : [];
  if (identity.kind === 'federated')
    return [...issuerProblems(identity), ...federationProblems(tenant, identity)];
  return [
    ...issuerProblems(identity),
    ...tokenProblems(tenant, identity),
    ...claimProblems(tenant, identity, model),
  ];
}

/** OpenID Connect Discovery 1.0, section 3: an https URL without query and fragment. */
function issuerProblems({ issuer }: FederatedIdentity | IssuerIdentity): Found[] {
  if (!isPlainUrl(issuer))
    return [
      {
        message: `"${issuer}" is no issuer`,
        remedy: 'write the https URL that its tokens carry as iss, without query and fragment',
      },
    ];
  // Claims of a user pool's tokens are believed because a token hook of the platform wrote them.
  return new URL(issuer).hostname.startsWith('cognito-idp.')
    ? [
        {
          message: `"${issuer}" is a user pool, of which nobody here knows what its tokens say`,
          remedy: 'leave the identity out: a tenant gets a user pool of its own',
        },
      ]
    : [];
}

/** Cognito Developer Guide, "Adding OIDC identity providers"; domain prefixes have reserved words. */
function federationProblems({ kind, slug }: TenantDefinition, { issuer }: FederatedIdentity): Found[] {
  return [
    ...(kind === 'workforceApp'
      ? []
      : [
          {
            message: `a ${kind} is not federated`,
            remedy: 'name the issuer: identity: oidcIssuer({ issuer, … })',
          },
        ]),
    ...(issuer.endsWith('/') || /^https:\/\/[^/]*:/.test(issuer)
      ? [
          {
            message: `a user pool cannot be federated with "${issuer}"`,
            remedy: 'write the issuer without a port and without a slash at its end',
          },
        ]
      : []),
    ...['aws', 'amazon', 'cognito']
      .filter((word) => slug.includes(word))
      .map((word) => ({
        message: `the slug has "${word}" in it, which the address of a user pool's sign-in pages must not`,
        remedy: 'choose another slug',
      })),
  ];
}

function tokenProblems({ kind, tokenUse }: TenantDefinition, identity: IssuerIdentity): Found[] {
  const { audience, jwksUri, clients, clientIdClaim } = identity;
  return [
    ...(kind === 'serviceClient'
      ? [{ message: 'a serviceClient has no issuer of its own', remedy: 'leave the identity out' }]
      : []),
    ...(clients.length === 0
      ? [{ message: 'no client is named', remedy: 'name the applications whose tokens count' }]
      : []),
    ...(tokenUse === 'access' && audience === undefined
      ? [
          {
            message: 'the issuer may issue access tokens for other APIs too, and no audience is named',
            remedy: "write audience: what tokens for this API carry as aud, or tokenUse: 'id'",
          },
        ]
      : []),
    ...(tokenUse === 'access' && clientIdClaim === 'aud'
      ? [
          {
            message: 'the audience of an access token is an API, not a client',
            remedy: "write clientIdClaim: 'client_id', 'azp' or 'cid'",
          },
        ]
      : []),
    ...(jwksUri !== undefined && !isPlainUrl(jwksUri)
      ? [{ message: `"${jwksUri}" is no https URL`, remedy: "write the address of the issuer's keys" }]
      : []),
  ];
}

function claimProblems(
  { kind, attributes }: TenantDefinition,
  { claims }: IssuerIdentity,
  model: Model,
): Found[] {
  const types = Object.entries(model.principalTypes).filter(([, type]) => type.kinds.includes(kind));
  const base: [string, PrincipalAttribute][] = types.flatMap(([, type]) => Object.entries(type.attributes));
  const own = types.flatMap(([name]) => Object.entries(attributes[name] ?? {}));
  const isReserved = (name: string): boolean => (RESERVED_ATTRIBUTES as readonly string[]).includes(name);
  const known = new Set([...base, ...own].map(([name]) => name));
  const needed = [
    ...base.filter(([, { required, default: fallback }]) => required && fallback === undefined),
    ...own.filter(([, { required }]) => required),
  ];
  return [
    ...Object.keys(claims)
      .filter((name) => !known.has(name) || isReserved(name))
      .map((name) => ({
        message: isReserved(name)
          ? `the platform sets "${name}" itself, whatever an issuer says`
          : `a principal has no attribute "${name}"`,
        remedy: 'list attributes that the editor offers',
      })),
    ...needed
      .filter(([name]) => !isReserved(name) && !Object.hasOwn(claims, name))
      .map(([name]) => ({
        message: `every principal needs the attribute "${name}", and no claim is named for it`,
        remedy: `write claims: { ${name}: '<claim>' }`,
      })),
  ];
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return protocol === 'https:' && `${search}${hash}${username}${password}` === '' && !/[?#]/.test(text);
}
