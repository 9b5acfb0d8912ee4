import { expect } from 'chai';
import { tenantToPlain } from '../../../dsl/tenants/read.ts';
import * as accepted from '../../types/accept/tenants.ts';
import { inProject } from './project.ts';

const FEDERATED = `federatedWith({ issuer: 'https://corp.example', clientId: 'pool' })`;
/** Its principals need attributes without a default. */
const CLAIMS = `department: 'd', age: 'a', manager: 'm', tags: 't', friends: 'f', folders: 'fo', addr: 'ad'`;
const issuer = (more = '', claims = CLAIMS): string =>
  `oidcIssuer({ issuer: 'https://login.example', clients: ['web'], audience: 'https://api.example', claims: { ${claims} }, ${more} })`;

/** A tenant file that says who may sign in. */
const file = (slug: string, kind: string, identity: string, more = ''): string =>
  `import { ${kind}, federatedWith, oidcIssuer } from '../dsl/index.ts';
export default ${kind}({ slug: '${slug}', identity: (${identity}) as never, policies: () => [], ${more} });
`;

describe('who may sign in to a tenant', () => {
  it('is kept as the file says it', () => {
    const identityOf = (tenant: object) => {
      const outcome = tenantToPlain(tenant);
      return outcome.ok ? outcome.value.identity : undefined;
    };
    expect(identityOf(accepted.staff)).to.deep.equal({
      kind: 'federated',
      issuer: 'https://corp.example',
      clientId: 'pool',
      scopes: ['openid', 'email', 'profile'],
    });
    expect(identityOf(accepted.ownIssuer)).to.deep.equal({
      kind: 'issuer',
      issuer: 'https://login.example/tenant',
      clients: ['web', 'mobile'],
      clientIdClaim: 'azp',
      audience: 'https://api.example',
      jwksUri: 'https://login.example/keys',
      claims: { department: 'dept', age: 'https://login.example/age' },
      groupsClaim: 'roles',
    });
    expect(identityOf(accepted.ownIssuerExtended)).to.deep.include({ claims: { costCenter: 'cc' } });
    expect(identityOf(accepted.app)).to.equal(undefined);
  });

  it('comes through the sandbox', () =>
    inProject({ 'acme.ts': file('acme', 'saasTenant', issuer(`groupsClaim: 'g'`)) }, async ({ load }) => {
      const { tenants, problems } = await load();
      expect(problems).to.deep.equal([]);
      expect(tenants[0]?.identity).to.include({ kind: 'issuer', groupsClaim: 'g' });
    }));

  for (const [what, text, message] of [
    ['is made by nobody', file('acme', 'saasTenant', `{ kind: 'issuer' }`), 'not made by'],
    ['is left out of a workforceApp', file('acme', 'workforceApp', 'undefined'), 'where its people sign in'],
    ['federates a saasTenant', file('acme', 'saasTenant', FEDERATED), 'a saasTenant is not federated'],
    [
      'ends with a slash before a pool',
      file('acme', 'workforceApp', FEDERATED.replace('corp.example', 'corp.example/')),
      'cannot be federated',
    ],
    ['needs a domain with a reserved word', file('aws-acme', 'workforceApp', FEDERATED), 'has "aws" in it'],
    [
      'is not encrypted',
      file('acme', 'saasTenant', issuer().replace('https://login', 'http://login')),
      'is no issuer',
    ],
    [
      'has a query',
      file('acme', 'saasTenant', issuer().replace('login.example', 'login.example?x=1')),
      'is no issuer',
    ],
    [
      'is a user pool',
      file(
        'acme',
        'saasTenant',
        issuer().replace('login.example', 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc'),
      ),
      'is a user pool',
    ],
    ['has no clients', file('acme', 'saasTenant', issuer().replace(`['web']`, '[]')), 'no client is named'],
    [
      'may issue tokens for other APIs',
      file('acme', 'saasTenant', issuer('audience: undefined')),
      'no audience is named',
    ],
    [
      'takes an API for a client',
      file('acme', 'saasTenant', issuer(`clientIdClaim: 'aud'`)),
      'an API, not a client',
    ],
    [
      'has keys in the open',
      file('acme', 'saasTenant', issuer(`jwksUri: 'http://login.example'`)),
      'no https URL',
    ],
    [
      'lists what the platform sets',
      file('acme', 'saasTenant', issuer('', `${CLAIMS}, suspended: 's'`)),
      'sets "suspended" itself',
    ],
    [
      'lists what nobody has',
      file('acme', 'saasTenant', issuer('', `${CLAIMS}, shoe: 's'`)),
      'no attribute "shoe"',
    ],
    [
      'leaves out what everybody needs',
      file('acme', 'saasTenant', issuer('', CLAIMS.replace(`age: 'a',`, ''))),
      'needs the attribute "age"',
    ],
    [
      'leaves out an attribute of the tenant',
      file('acme', 'saasTenant', issuer(), `attributes: { User: { site: 'String' } }`),
      'needs the attribute "site"',
    ],
    [
      'puts a test user into a common group',
      file('acme', 'saasTenant', issuer(), `users: { ann: { groups: ['admins'] } }`),
      'the group "admins"',
    ],
    [
      'gives a test user what no claim carries',
      file('acme', 'saasTenant', issuer(), `users: { ann: { attributes: { nick: 'x' } } }`),
      'the attribute "nick"',
    ],
  ] as const)
    it(`is refused when it ${what}`, () => {
      const name = /slug: '([^']+)'/.exec(text)?.[1] ?? '';
      return inProject({ [`${name}.ts`]: text }, async ({ messages }) => {
        expect(await messages()).to.include(message);
      });
    });

  it('is one tenant for each application of an issuer', () =>
    inProject(
      {
        'acme.ts': file('acme', 'saasTenant', issuer()),
        'globex.ts': file('globex', 'saasTenant', issuer()),
        'initech.ts': file('initech', 'saasTenant', issuer().replace(`['web']`, `['other']`)),
      },
      async ({ messages }) => {
        expect(await messages()).to.equal(
          'tenants/globex.ts:2:1 [IDENTITY] the client "web" of https://login.example is that of "acme" — give every tenant applications of its own',
        );
      },
    ));
});
