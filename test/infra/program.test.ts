import { expect } from 'chai';
import { CONFIG, recordProgram, type Registration } from './record.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: unknown;
}

const listed = (value: string | string[]): string[] => [value].flat();

describe('the Pulumi program', function () {
  this.timeout(60_000);
  let registrations: readonly Registration[];
  before(async () => {
    const recorded = await recordProgram(CONFIG);
    expect(recorded.outcome.problems).to.deep.equal([]);
    registrations = recorded.registrations;
  });

  const ofType = (type: string): Registration[] => registrations.filter((one) => one.type === type);
  const statementsOf = (type: string): Statement[] =>
    ofType(type).flatMap(({ inputs }) => {
      const document: { readonly Statement: readonly Statement[] } = JSON.parse(String(inputs['policy']));
      return document.Statement;
    });

  const restBody = (): Body => {
    const [api] = ofType('aws:apigateway/restApi:RestApi');
    const body: Body = JSON.parse(String(api?.inputs['body']));
    return body;
  };

  it('registers nothing, and says everything that is wrong, when its input is not in order', async () => {
    const { outcome, registrations: made } = await recordProgram({
      gatewayTtlSeconds: 'soon',
      colour: 'red',
    });
    expect(made).to.deep.equal([]);
    const text = outcome.problems.join('\n');
    for (const key of ['backendUrl', 'gatewaySecret', 'gatewayTtlSeconds', 'colour', 'database']) {
      expect(text).to.include(`cedarwright:${key} `);
    }
  });

  it('gives every tenant a pool, a client, two stores with schemas, a release and a registry row', () => {
    for (const slug of ['acme', 'globex', 'retail']) {
      const named = registrations
        .filter(({ name }) => name.startsWith(`${slug}-`))
        .map(({ type }) => type.split(':')[2]);
      const count = (type: string): number => named.filter((one) => one === type).length;
      expect(['UserPool', 'UserPoolClient', 'PolicyStore', 'Schema'].map(count), slug).to.deep.equal([
        1, 1, 2, 2,
      ]);
      expect(registrations.filter(({ name }) => name === `${slug}-registry-row`)).to.have.length(1);
      expect(registrations.filter(({ name }) => name === `${slug}-policies-release`)).to.have.length(1);
    }
  });

  it('names in a release exactly the policies that it stores', () => {
    const release = ofType('aws:dynamodb/tableItem:TableItem').find(
      ({ name }) => name === 'acme-policies-release',
    );
    const { policies }: { policies: { M: object } } = JSON.parse(String(release?.inputs['item']));
    const items = registrations.filter(({ name }) => name.startsWith('acme-policies-policy-'));
    expect(Object.keys(policies.M).map((id) => `acme-policies-policy-${id}`)).to.have.members(
      items.map(({ name }) => name),
    );
  });

  it('grants no action by wildcard, and no resource by wildcard where an ARN exists', () => {
    const withoutArn = new Set(['dynamodb:ListStreams']);
    for (const { Effect, Action, Resource } of statementsOf('aws:iam/rolePolicy:RolePolicy')) {
      expect(Effect).to.equal('Allow');
      for (const action of listed(Action)) expect(action, 'action').not.to.include('*');
      if (!listed(Resource).includes('*')) continue;
      for (const action of listed(Action)) {
        expect(action.startsWith('ec2:') || withoutArn.has(action), `${action} on *`).to.equal(true);
      }
    }
  });

  it('lets only one role write each table', () => {
    const guards = statementsOf('aws:dynamodb/resourcePolicy:ResourcePolicy');
    expect(guards).to.have.length(ofType('aws:dynamodb/table:Table').length);
    for (const guard of guards) {
      expect(guard).to.deep.include({ Effect: 'Deny', Principal: '*' });
      expect(listed(guard.Action)).to.include.members([
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ]);
      expect(guard).to.have.nested.property('Condition.ArnNotEquals.aws:PrincipalArn');
    }
  });

  it('puts an authorizer on every route that is not public, with TTLs that are stated', () => {
    const { paths, components } = restBody();
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { security }]) => ({
        route: `${method.toUpperCase()} ${path}`,
        security,
      })),
    );
    const open = operations.filter(({ security }) => !security).map(({ route }) => route);
    expect(open).to.deep.equal(['GET /health']);
    const ttls = Object.entries(components.securitySchemes).map(([name, scheme]) => [
      name,
      scheme['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds,
    ]);
    expect(Object.fromEntries(ttls)).to.deep.equal({ cached: 60, uncached: 0 });
  });

  it('puts each operation on the authorizer whose memory it may use', () => {
    const { paths } = restBody();
    const scheme = (method: string, path: string): string[] =>
      Object.keys(paths[path]?.[method]?.security?.[0] ?? {});
    expect(scheme('put', '/customer/user/{id}')).to.deep.equal(['cached']);
    expect(scheme('post', '/transfers/{id}/approve'), 'sensitive').to.deep.equal(['uncached']);
  });

  it('keeps the gateway secret and every token out of names, environments and items', () => {
    const elsewhere = registrations.filter(({ type }) => type !== 'aws:apigateway/restApi:RestApi');
    expect(JSON.stringify(elsewhere)).not.to.include(CONFIG.gatewaySecret);
  });

  it('protects what cannot be made again, where the stack says so', () => {
    for (const { inputs } of ofType('aws:dynamodb/table:Table'))
      expect(inputs['deletionProtectionEnabled']).to.equal(true);
    for (const { inputs } of ofType('aws:cognito/userPool:UserPool'))
      expect(inputs['deletionProtection']).to.equal('ACTIVE');
    for (const { inputs } of ofType('aws:verifiedpermissions/policyStore:PolicyStore')) {
      expect(inputs['deletionProtection']).to.equal('ENABLED');
    }
  });
});

interface Body {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: readonly object[] }>>>
  >;
  readonly components: {
    readonly securitySchemes: Readonly<
      Record<string, { 'x-amazon-apigateway-authorizer': { authorizerResultTtlInSeconds: number } }>
    >;
  };
}
