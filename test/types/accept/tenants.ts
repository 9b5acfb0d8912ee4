import {
  customerApp,
  extension,
  federatedWith,
  guardrails,
  oidcIssuer,
  saasTenant,
  serviceClient,
  shop,
  workforceApp,
} from '../shop.ts';
const { permit, entity, link } = shop;

const shared = permit().principalInGroup('admins').action('POST /order').id('shared');
const template = permit().principalInSlot().action('PUT /customer/user/{id}').resourceSlot();

export const groupsOnly = saasTenant({
  slug: 'acme',
  groups: ['PAYEE_MGMT', 'PAYMENT_INITIATOR'],
  policies: ({ permit, op, group, link }) => [
    permit().principalInGroup('PAYEE_MGMT').action(op.putCustomerUser).id('a'),
    permit()
      .principalInGroup('admins')
      .action('POST /order')
      .when(({ principal }) => principal.age.gt(3))
      .id('b'),
    permit().action('PUT /customer/user/{id}').principalInGroup('PAYMENT_INITIATOR').id('c'),
    link(template, 'd', { principal: group('PAYEE_MGMT'), resource: entity('Customer', 'c') }),
    shared,
  ],
  users: {
    alice: { groups: ['PAYEE_MGMT', 'admins'], attributes: { department: 'x', age: 3, tags: ['y'] } },
    bob: {},
  },
});

export const nothingOfItsOwn = saasTenant({
  slug: 'plain',
  policies: ({ permit }) => [permit().principalInGroup('bots').id('x'), shared],
});

export const emptyGroups = saasTenant({ slug: 'empty', groups: [], policies: () => [shared] });

export const extended = saasTenant({
  slug: 'beta',
  groups: ['B'],
  attributes: {
    User: {
      costCenter: 'String',
      level: { type: 'Long', optional: true },
      home: { type: 'Entity', name: 'Folder' },
      roles: { type: 'Set', of: 'String' },
      boss: { type: { type: 'Entity', name: 'User' }, optional: true },
    },
    Order: { costCenter: 'String' },
    Customer: { costCenter: 'String' },
    Folder: { open: 'Bool' },
  },
  policies: ({ permit, forbid, link }) => [
    permit()
      .principalIs('User')
      .principalInGroup('B')
      .action('GET /order/{id}')
      .when(({ principal, resource }) =>
        resource.owner.costCenter.eq(resource.costCenter).and(
          resource.owner.manager.costCenter.eq('x'),
          principal.has('costCenter', (c) => c.eq('y')),
        ),
      )
      .id('a'),
    permit()
      .action('PUT /customer/user/{id}')
      .when(({ principal }) =>
        principal.costCenter.eq('1').and(
          principal.level.has((level) => level.gt(5)),
          principal.roles.contains('x'),
          principal.home.open,
          principal.boss.has((boss) => boss.costCenter.eq('q')),
          principal.level.orElse(1).lt(4),
        ),
      )
      .id('b'),
    permit()
      .actions(['GET /order/{id}', 'GET /customer/{id}'])
      .when(({ resource }) => resource.costCenter.eq('x'))
      .id('c'),
    forbid()
      .action('POST /order')
      .when(({ resource }) => resource.open.not())
      .id('d'),
    shared,
    link(template, 'e', { principal: shop.group('admins'), resource: entity('Customer', 'c') }),
  ],
  users: { carol: { groups: ['B'], attributes: { costCenter: 'x', level: 4 } } },
});

const finance = extension({ User: { costCenter: 'String' } });
export const extensionOfSeveral = saasTenant({
  slug: 'gamma',
  attributes: finance,
  policies: ({ permit }) => [
    permit()
      .principalIs('User')
      .when(({ principal }) => principal.costCenter.eq('x'))
      .id('a'),
    shared,
  ],
});

export const extendedByRecords = saasTenant({
  slug: 'delta',
  attributes: {
    User: {
      office: {
        type: 'Record',
        attributes: {
          city: 'String',
          floor: { type: 'Long', optional: true },
          head: { type: 'Entity', name: 'User' },
        },
      },
      badges: { type: 'Set', of: { type: 'Record', attributes: { door: 'String' } } },
      scores: { type: { type: 'Set', of: 'Long' }, optional: true },
    },
  },
  policies: ({ permit }) => [
    permit()
      .action('GET /order/{id}')
      .principalIs('User')
      .when(({ principal, resource }) =>
        principal.office.city.eq('x').and(
          principal.office.floor.has((floor) => floor.gt(1)),
          principal.office.head.office.city.eq('y'),
          resource.owner.office.city.eq('z'),
          principal.scores.has((scores) => scores.contains(1)),
          principal.badges.containsAll(principal.badges),
        ),
      )
      .id('a'),
  ],
  users: {
    erin: {
      attributes: {
        office: { city: 'x', head: 'boss' },
        badges: [{ door: 'north' }],
        scores: [1, 2],
      },
    },
  },
});

export const app = customerApp({
  slug: 'retail',
  groups: ['CLERK'],
  dataTenants: ['acme', 'plain'],
  tokenTtlSeconds: 60,
  tokenUse: 'id',
  decisionMode: 'embedded',
  policies: ({ permit }) => [permit().principalInGroup('CLERK').id('a')],
});

export const everyTenant = guardrails(({ slug, dataTenants, forbid, set }) => [
  forbid()
    .when(({ principal }) => principal.department.ne(slug))
    .id('guardrail-own-principals'),
  forbid()
    .when(({ resource }) => resource.has('in', (owner) => set(dataTenants).contains(owner).not()))
    .id('guardrail-own-data'),
]);

export const linked = link(template, 'f', {
  principal: shop.group('admins'),
  resource: entity('Customer', 'c'),
});

export const staff = workforceApp({
  slug: 'staff',
  identity: federatedWith({ issuer: 'https://corp.example', clientId: 'pool' }),
  dataTenants: ['acme', 'plain'],
  policies: ({ permit }) => [permit().id('a')],
});

export const ownIssuer = saasTenant({
  slug: 'own-issuer',
  groups: ['CLERK'],
  identity: oidcIssuer({
    issuer: 'https://login.example/tenant',
    clients: ['web', 'mobile'],
    clientIdClaim: 'azp',
    audience: 'https://api.example',
    jwksUri: 'https://login.example/keys',
    claims: { department: 'dept', age: 'https://login.example/age' },
    groupsClaim: 'roles',
  }),
  policies: ({ permit }) => [permit().principalInGroup('CLERK').id('a')],
});

export const ownIssuerExtended = workforceApp({
  slug: 'extended',
  attributes: { User: { costCenter: 'String' } },
  identity: oidcIssuer({
    issuer: 'https://login.example',
    clients: ['web'],
    ownClaims: { costCenter: 'cc' },
  }),
  policies: ({ forbid }) => [
    forbid()
      .principalIs('User')
      .when(({ principal }) => principal.costCenter.eq('x'))
      .id('a'),
  ],
});

export const robot = serviceClient({
  slug: 'robot',
  tier: 'gold',
  scopes: ['customer:read'],
  client: { groups: ['bots'], attributes: { department: 'd', nick: 'n', owner: 'someone' } },
  dataTenants: ['acme'],
  decisionMode: 'embedded',
  tokenTtlSeconds: 30,
  policies: ({ permit }) => [
    permit()
      .principalInGroup('bots')
      .action('GET /order/{id}')
      .when(({ principal }) => principal.nick.eq('n'))
      .id('a'),
    shared,
  ],
});

export const robotExtended = serviceClient({
  slug: 'robot-extended',
  attributes: { Robot: { model: 'String' } },
  client: { attributes: { department: 'd', nick: 'n', owner: 'o', model: 'x' } },
  policies: ({ forbid }) => [
    forbid()
      .principalIs('Robot')
      .when(({ principal }) => principal.model.eq('x'))
      .id('a'),
  ],
});
