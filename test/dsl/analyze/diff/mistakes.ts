/** Folders of documents that tenants keep, with a bit of everything that a policy can read. */
export const SCHEMA = `
entity Tenant;
entity Group in [Group];
entity Status enum ["draft", "final"];
entity User in [Group] {
  tenant: String, level: Long, role: String, suspended: Bool,
  nick?: String, manager?: User, home: { city: String, zip?: String },
};
entity Folder in [Folder] { tenant: String };
entity Doc in [Folder] {
  tenant: String, owner: User, size: Long, open: Bool, labels: Set<String>, readers: Set<User>,
  price: decimal, due: datetime, note?: String, status: Status,
} tags String;
action look, change;
action read, list in [look] appliesTo { principal: [User], resource: [Doc], context: Context };
action write in [look, change] appliesTo { principal: [User], resource: [Doc], context: Context };
action purge in [change] appliesTo { principal: [User], resource: [Doc], context: Context };
type Context = { mfa: Bool, ip: ipaddr, at: datetime, spent: duration, reason?: String };
`;

/** Guardrails and permits that are the same before and after. */
export const REST = `
@id("own tenant") forbid(principal, action, resource) unless { principal.tenant == resource.tenant };
@id("suspended") forbid(principal, action, resource) when { principal.suspended };
`;

/** A change to one policy: what stood there, and what a reviewer may take for the same. */
export interface Mistake {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** What it comes to. */
  readonly comes: 'opened' | 'narrowed' | 'both';
  /** In the place of \`REST\`, where that is what changes. */
  readonly rest?: readonly [before: string, after: string];
}

const permit = (clauses: string, scope = 'principal, action == Action::"read", resource'): string =>
  `@id("x") permit(${scope}) ${clauses};`;
const forbid = (clauses: string, scope = 'principal, action, resource'): string =>
  `@id("all") permit(principal, action, resource); @id("x") forbid(${scope}) ${clauses};`;

const when = (before: string, after: string): Pick<Mistake, 'before' | 'after'> => ({
  before: permit(`when { ${before} }`),
  after: permit(`when { ${after} }`),
});
const scope = (before: string, after: string): Pick<Mistake, 'before' | 'after'> => ({
  before: permit('', before),
  after: permit('', after),
});
const forbidden = (before: string, after: string): Pick<Mistake, 'before' | 'after'> => ({
  before: forbid(before),
  after: forbid(after),
});

/** Changes that are easily overlooked. */
export const MISTAKES: readonly Mistake[] = [
  // prettier-ignore
  { what: '|| for &&', ...when('resource.open && context.mfa', 'resource.open || context.mfa'), comes: 'opened' },
  {
    what: '&& for ||',
    ...when('resource.open || context.mfa', 'resource.open && context.mfa'),
    comes: 'narrowed',
  },
  {
    what: 'parentheses moved',
    ...when(
      'resource.open && (context.mfa || principal.level > 3)',
      '(resource.open && context.mfa) || principal.level > 3',
    ),
    comes: 'opened',
  },
  {
    what: 'a group widened',
    ...scope(
      'principal in Group::"admins", action == Action::"read", resource',
      'principal in Group::"staff", action == Action::"read", resource',
    ),
    comes: 'both',
  },
  {
    what: 'the group left out',
    ...scope(
      'principal in Group::"admins", action == Action::"read", resource',
      'principal, action == Action::"read", resource',
    ),
    comes: 'opened',
  },
  {
    what: 'a group of actions for one action',
    ...scope(
      'principal, action == Action::"read", resource',
      'principal, action in Action::"look", resource',
    ),
    comes: 'opened',
  },
  {
    what: 'one more action in a list',
    ...scope(
      'principal, action in [Action::"read", Action::"list"], resource',
      'principal, action in [Action::"read", Action::"list", Action::"purge"], resource',
    ),
    comes: 'opened',
  },
  {
    what: 'in for == of a folder',
    ...scope(
      'principal, action == Action::"read", resource == Doc::"d"',
      'principal, action == Action::"read", resource in Folder::"d"',
    ),
    comes: 'both',
  },
  {
    what: 'another folder',
    ...scope(
      'principal, action == Action::"read", resource in Folder::"public"',
      'principal, action == Action::"read", resource in Folder::"publik"',
    ),
    comes: 'both',
  },
  {
    what: 'a dropped unless',
    before: permit('unless { resource.labels.contains("secret") }'),
    after: permit(''),
    comes: 'opened',
  },
  {
    what: 'when for unless',
    before: permit('unless { resource.open }'),
    after: permit('when { resource.open }'),
    comes: 'both',
  },
  { what: '>= for >', ...when('principal.level > 3', 'principal.level >= 3'), comes: 'opened' },
  { what: '> for >=', ...when('principal.level >= 3', 'principal.level > 3'), comes: 'narrowed' },
  { what: '< for >', ...when('principal.level > 3', 'principal.level < 3'), comes: 'both' },
  { what: 'one digit more', ...when('resource.size < 1000', 'resource.size < 10000'), comes: 'opened' },
  {
    what: 'a sum that overflows, taken away',
    ...when('resource.size + 1 > 0', 'resource.size > -1'),
    comes: 'opened',
  },
  {
    what: 'a sum that overflows, in a forbid',
    ...forbidden('when { resource.size > 1000 }', 'when { resource.size * 2 > 2000 }'),
    comes: 'narrowed',
  },
  {
    what: "an optional attribute's missing case",
    ...when(
      'principal has nick && principal.nick == "root"',
      'if principal has nick then principal.nick == "root" else true',
    ),
    comes: 'opened',
  },
  {
    what: 'an optional attribute that must be there now',
    ...when(
      'if resource has note then resource.note != "hold" else true',
      'resource has note && resource.note != "hold"',
    ),
    comes: 'narrowed',
  },
  {
    what: 'an optional attribute of an optional one',
    ...when(
      'principal has manager && principal.manager.level > 5',
      'if principal has manager then principal.manager.level > 5 else true',
    ),
    comes: 'opened',
  },
  {
    what: 'an optional attribute inside a record',
    ...when(
      'principal.home has zip && principal.home.zip like "10*"',
      'principal.home.city like "10*" || (principal.home has zip && principal.home.zip like "10*")',
    ),
    comes: 'opened',
  },
  {
    what: 'a forbid narrowed',
    ...forbidden(
      'when { resource.labels.contains("secret") }',
      'when { resource.labels.contains("secret") && !context.mfa }',
    ),
    comes: 'opened',
  },
  {
    what: 'a forbid on fewer actions',
    before: forbid('when { !context.mfa }', 'principal, action in Action::"change", resource'),
    after: forbid('when { !context.mfa }', 'principal, action == Action::"purge", resource'),
    comes: 'opened',
  },
  {
    what: 'a forbid taken away',
    ...forbidden('when { !context.mfa }', 'when { !context.mfa && context.mfa }'),
    comes: 'opened',
  },
  {
    what: 'an exception to a forbid',
    before: forbid(''),
    after: forbid('unless { principal == resource.owner }'),
    comes: 'opened',
  },
  {
    what: 'a permit for a forbid',
    before: '@id("x") forbid(principal in Group::"guests", action, resource);',
    after: '@id("x") permit(principal in Group::"guests", action, resource);',
    comes: 'opened',
  },
  {
    what: 'a tenant id compared with itself',
    before: permit(''),
    after: permit(''),
    rest: [
      '@id("own tenant") forbid(principal, action, resource) unless { principal.tenant == resource.tenant };',
      '@id("own tenant") forbid(principal, action, resource) unless { resource.tenant == resource.tenant };',
    ],
    comes: 'opened',
  },
  {
    what: 'another tenant beside the own',
    before: permit(''),
    after: permit(''),
    rest: [
      '@id("own tenant") forbid(principal, action, resource) unless { ["acme"].contains(resource.tenant) };',
      '@id("own tenant") forbid(principal, action, resource) unless { ["acme", "acme-eu"].contains(resource.tenant) };',
    ],
    comes: 'opened',
  },
  {
    what: 'the slot of a template linked to somebody else',
    ...scope(
      'principal == User::"ann", action == Action::"read", resource in Folder::"f"',
      'principal == User::"anna", action == Action::"read", resource in Folder::"f"',
    ),
    comes: 'both',
  },
  {
    what: 'a wildcard more',
    ...when('principal.role like "audit-*"', 'principal.role like "audit*"'),
    comes: 'opened',
  },
  {
    what: 'a literal star',
    ...when('principal.role like "audit*"', String.raw`principal.role like "audit\*"`),
    comes: 'narrowed',
  },
  {
    what: 'containsAny for containsAll',
    ...when('resource.labels.containsAll(["a", "b"])', 'resource.labels.containsAny(["a", "b"])'),
    comes: 'opened',
  },
  {
    what: 'a set turned round',
    ...when('resource.labels.containsAll(["a"])', '["a"].containsAll(resource.labels)'),
    comes: 'both',
  },
  {
    what: 'a wider range of addresses',
    ...when('context.ip.isInRange(ip("10.1.0.0/16"))', 'context.ip.isInRange(ip("10.0.0.0/8"))'),
    comes: 'opened',
  },
  {
    what: 'a later date',
    ...when('context.at < datetime("2025-01-01")', 'context.at < datetime("2026-01-01")'),
    comes: 'opened',
  },
  {
    what: 'hours for minutes',
    ...when('context.spent < duration("90m")', 'context.spent < duration("90h")'),
    comes: 'opened',
  },
  {
    what: 'a shifted decimal',
    ...when('resource.price.lessThan(decimal("10.0"))', 'resource.price.lessThan(decimal("100.0"))'),
    comes: 'opened',
  },
  {
    what: 'another tag',
    ...when(
      'resource.hasTag("team") && resource.getTag("team") == "red"',
      'resource.hasTag("team") && resource.getTag("team") != "red"',
    ),
    comes: 'both',
  },
  {
    what: 'the owner for a reader',
    ...when('resource.owner == principal', 'resource.readers.contains(principal)'),
    comes: 'both',
  },
  {
    what: "the owner's manager for the owner",
    ...when(
      'resource.owner == principal',
      'resource.owner has manager && resource.owner.manager == principal',
    ),
    comes: 'both',
  },
  {
    what: 'a status that is final',
    ...when('resource.status == Status::"draft"', 'resource.status != Status::"draft"'),
    comes: 'both',
  },
  {
    what: 'then and else exchanged',
    ...when('if context.mfa then true else resource.open', 'if context.mfa then resource.open else true'),
    comes: 'both',
  },
  {
    what: 'a negation that binds less',
    ...when('!(resource.open && context.mfa)', '!resource.open && context.mfa'),
    comes: 'narrowed',
  },
];
