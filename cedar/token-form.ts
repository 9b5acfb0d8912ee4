import type { EntityLiteral, EntityScope, Expr, Policy, Slot } from './ast.ts';
import { GROUP_TYPE, type Model, type PrincipalType, type ValueType } from './model.ts';
import { PolicyError } from './policy-error.ts';
import { rebuild } from './rebuild.ts';

/**
 * How Verified Permissions sees who asks, when it is given a token in place of a principal (User Guide, "Mapping Amazon
 * Cognito tokens to schema"): ids begin with the user pool's id, claims of an access token are `context.token`, claims
 * of an ID token are attributes of the principal.
 */
export interface TokenForm {
  readonly model: Model;
  readonly slug: string;
  /** Of the tenant: what the registry says of all its principals. */
  readonly kind: string;
  readonly use: 'access' | 'id';
  readonly userPoolId: string;
}

/** Cognito's own claims that Verified Permissions does not hand on as they are. */
const CHANGED_CLAIMS = ['scope', 'cognito:groups'];
/** The attribute of every context that Verified Permissions fills with the claims of an access token. */
export const TOKEN_ATTRIBUTE = 'token';

/** The one type of the principals of a kind of tenant, by its unqualified name. */
export const principalTypeOf = (
  { principalTypes }: Model,
  kind: string,
): readonly [name: string, type: PrincipalType] | undefined =>
  Object.entries(principalTypes).find(([, { kinds }]) => kinds.includes(kind));

/** Whether a claim carries values of a type as Cedar has them, rather than as text that stands for them. */
export const isCarried = (type: ValueType): boolean => {
  switch (type.kind) {
    case 'String':
    case 'Long':
    case 'Bool':
      return true;
    case 'Set':
      return isCarried(type.of);
    case 'Record':
      return Object.values(type.attributes).every((attribute) => isCarried(attribute.type));
    default:
      return false;
  }
};

/** Whether Verified Permissions hands a claim on as the token has it. */
export const isHandedOn = (claim: string): boolean => !CHANGED_CLAIMS.includes(claim);

/**
 * A gateway policy in the form for questions that come with a token, to be printed with the user pool's id as prefix.
 * It means the same of every token that fits the tenant's registry row.
 * @throws {PolicyError} when it reads something that a token does not carry
 */
export function inTokenForm(policy: Policy, form: TokenForm): Policy {
  const principal = principalTypeOf(form.model, form.kind)?.[1];
  const names = ownNames(form);
  const rewrite = (expr: Expr): Expr => {
    if (expr.kind === 'entity') return { ...expr, entity: names(expr.entity, policy) };
    const isOfPrincipal =
      (expr.kind === 'attribute' || expr.kind === 'has') &&
      expr.of.kind === 'variable' &&
      expr.of.name === 'principal';
    return isOfPrincipal ? fact(expr, principal, form, policy) : rebuild(expr, rewrite);
  };
  const scope = (given: EntityScope): EntityScope =>
    'entity' in given && !isSlot(given.entity) ? { ...given, entity: names(given.entity, policy) } : given;
  return {
    ...policy,
    principal: scope(policy.principal),
    resource: scope(policy.resource),
    clauses: policy.clauses.map((clause) => ({ ...clause, body: rewrite(clause.body) })),
  };
}

const isSlot = (entity: EntityLiteral | Slot): entity is Slot => 'slot' in entity;

/** What becomes of an attribute of the principal, or of the test whether it is there. */
function fact(
  expr: Extract<Expr, { kind: 'attribute' | 'has' }>,
  principal: PrincipalType | undefined,
  { slug, kind, use }: TokenForm,
  policy: Policy,
): Expr {
  const at = expr.at && { at: expr.at };
  const attribute =
    principal && Object.hasOwn(principal.attributes, expr.name) ? principal.attributes[expr.name] : undefined;
  // Principals of another type have it, and none of them asks this tenant's store.
  if (!attribute) return expr.kind === 'has' ? { kind: 'literal', value: false, ...at } : expr;
  const { from, type } = attribute;
  if (from.source !== 'claim') {
    const value = expr.kind === 'has' ? true : from.source === 'tenant' ? slug : kind;
    return { kind: 'literal', value, ...at };
  }
  if (!isHandedOn(from.claim))
    throw notInToken(policy, expr, `the claim ${from.claim}, which reaches Verified Permissions changed`);
  if (!isCarried(type))
    throw notInToken(policy, expr, `principal.${expr.name}, which a token carries as text only`);
  const claims: Expr =
    use === 'id'
      ? expr.of
      : { kind: 'attribute', of: { kind: 'variable', name: 'context' }, name: TOKEN_ATTRIBUTE };
  return { ...expr, of: claims, name: from.claim };
}

/**
 * Gives principals and groups the names that Verified Permissions derives. At build their prefix is yet to be printed;
 * what was read from text has the slug.
 */
function ownNames({ model, slug }: TokenForm): (entity: EntityLiteral, policy: Policy) => EntityLiteral {
  const types = new Set([GROUP_TYPE, ...Object.keys(model.principalTypes)].map(qualifiedBy(model)));
  const prefix = `${slug}|`;
  return (entity, policy) => {
    if (!types.has(entity.type) || entity.owned) return entity;
    if (entity.id.startsWith(prefix)) return { ...entity, id: entity.id.slice(prefix.length), owned: true };
    // It names nobody now, and might name somebody once ids begin with the pool's.
    throw notInToken(policy, undefined, `${entity.type}::"${entity.id}", which is none of the tenant's own`);
  };
}

const qualifiedBy =
  ({ namespace }: Model) =>
  (name: string): string =>
    `${namespace}::${name}`;

const notInToken = ({ id, at }: Policy, expr: Expr | undefined, what: string): PolicyError =>
  new PolicyError({
    code: 'MODE_WITH_TOKEN',
    message: `policy "${id}" reads ${what}: it has no form for IsAuthorizedWithToken`,
    remedy: "write it differently, or take decisionMode 'verified-permissions'",
    site: expr?.at ?? at,
  });
