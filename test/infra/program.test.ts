import { expect } from 'chai';
import { CONFIG, openProgram, type Registration } from './record.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: unknown;
}

const listed = (value: string | string[]): string[] => [value].flat();

describe('the Pulumi program', function () {
  this.timeout(60_000);
  // A process for all runs: each more would cost three seconds.
  let program: ReturnType<typeof openProgram>;
  let registrations: readonly Registration[];
  before(async () => {
    program = openProgram();
    const recorded = await program.run(CONFIG);
    expect(recorded.outcome.problems).to.deep.equal([]);
    registrations = recorded.registrations;
  });
  after(() => program.close());

  const ofType = (type: string): Registration[] => registrations.filter((one) => one.type === type);
  const statementsOf = (type: string): Statement[] =>
    ofType(type).flatMap(({ inputs }) => {
      const document: { readonly Statement: readonly Statement[] } = JSON.parse(String(inputs['policy']));
      return document.Statement;
    });

  const bodyOf = (type: string): Body => {
    const document = ofType(type).find(({ inputs }) => inputs['body'] !== undefined)?.inputs['body'];
    const body: Body = JSON.parse(String(document));
    return body;
  };
  const restBody = (): Body => bodyOf('aws:apigateway/restApi:RestApi');
  const httpBody = (): Body => bodyOf('aws:apigatewayv2/api:Api');

  it('registers nothing, and says everything that is wrong, when its input is not in order', async () => {
    const { outcome, registrations: made } = await program.run({
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

  it('federates a workforceApp’s pool, whose people have no passwords there and come back by code alone', () => {
    const named = (type: string) => ofType(type).find(({ name }) => name.startsWith('staff-'))?.inputs;
    const pool = 'staff-pool-id';
    expect(named('aws:cognito/identityProvider:IdentityProvider')).to.deep.include({
      userPoolId: pool,
      providerType: 'OIDC',
      attributeMapping: { username: 'sub', email: 'email' },
    });
    expect(named('aws:cognito/identityProvider:IdentityProvider')?.['providerDetails']).to.include({
      oidc_issuer: 'https://corp.okta.com',
      client_id: '0oa7staffpool',
      client_secret: 'whisper',
      authorize_scopes: 'openid email profile',
    });
    expect(named('aws:cognito/userPoolDomain:UserPoolDomain')).to.deep.include({ userPoolId: pool });
    expect(named('aws:cognito/userPoolDomain:UserPoolDomain')?.['domain']).to.match(/^staff-[0-9a-f]{12}$/);
    expect(named('aws:cognito/userPoolClient:UserPoolClient')).to.deep.include({
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      supportedIdentityProviders: ['IdP'],
      allowedOauthFlows: ['code'],
      allowedOauthScopes: ['openid', 'email', 'profile'],
      callbackUrls: ['https://staff.example/callback'],
    });
  });

  it('gives a tenant with an issuer of its own no pool, and a row that lists what counts', () => {
    const types = registrations
      .filter(({ name }) => name.startsWith('hooli-'))
      .map(({ type }) => type.split(':')[2]);
    expect(types).to.include.members(['PolicyStore', 'TableItem']);
    expect(types).not.to.include('UserPool');
    const item = ofType('aws:dynamodb/tableItem:TableItem').find(
      ({ name }) => name === 'hooli-registry-row-payments-web',
    );
    const row: unknown = JSON.parse(String(item?.inputs['item']));
    expect(row).to.deep.include({
      pk: { S: 'iss#https://login.hooli.example/oauth2/default' },
      sk: { S: 'client#payments-web' },
      audience: { S: 'https://api.payments.example.com' },
      clientIdClaim: { S: 'client_id' },
      claimMap: { M: { job: { S: 'role' }, department: { S: 'department' } } },
      groupsClaim: { S: 'teams' },
      groups: { L: [{ S: 'TREASURY' }] },
    });
  });

  it('says which tenant has no secret or no way back', async () => {
    const { identityProviderSecrets: _, callbackUrls: __, ...config } = CONFIG;
    const { outcome, registrations: made } = await program.run(config);
    expect(made).to.deep.equal([]);
    for (const key of ['identityProviderSecrets', 'callbackUrls'])
      expect(outcome.problems.join('\n')).to.include(`cedarwright:${key} has no`);
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
        expect(action.startsWith('ec2:Describe') || withoutArn.has(action), `${action} on *`).to.equal(true);
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
    for (const { paths, components } of [restBody(), httpBody()]) {
      const operations = Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, { security }]) => ({
          route: `${method.toUpperCase()} ${path}`,
          security,
        })),
      );
      const open = operations.filter(({ security }) => !security).map(({ route }) => route);
      expect(open).to.deep.equal(['GET /health']);
      const ttls = Object.entries(components.securitySchemes).flatMap(([name, scheme]) => {
        const ttl = scheme['x-amazon-apigateway-authorizer']?.authorizerResultTtlInSeconds;
        return name === 'api_key' ? [] : [[name, ttl]];
      });
      expect(Object.fromEntries(ttls)).to.deep.equal({ cached: 60, uncached: 0 });
    }
  });

  const schemes = ({ paths }: Body, method: string, path: string): string[] =>
    (paths[path]?.[method]?.security ?? []).flatMap((requirement) => Object.keys(requirement));

  it('puts each operation on the authorizer whose memory it may use', () => {
    const rest = (method: string, path: string) => schemes(restBody(), method, path)[0];
    expect(rest('put', '/customer/user/{id}')).to.equal('cached');
    expect(rest('get', '/accounts')).to.equal('cached');
    expect(rest('post', '/transfers/{id}/approve'), 'sensitive').to.equal('uncached');
    const http = (method: string, path: string) => schemes(httpBody(), method, path)[0];
    expect(http('get', '/accounts')).to.equal('cached');
    expect(http('put', '/customer/user/{id}'), 'the route key is a template').to.equal('uncached');
    expect(http('post', '/audit/exports'), 'sensitive').to.equal('uncached');
  });

  it('counts every protected request of the REST API in a plan, by a key that no client chooses', () => {
    const body = restBody();
    expect(body['x-amazon-apigateway-api-key-source']).to.equal('AUTHORIZER');
    for (const [path, item] of Object.entries(body.paths)) {
      for (const method of Object.keys(item)) {
        const route = schemes(body, method, path);
        expect(route.includes('api_key'), `${method} ${path}`).to.equal(route.length > 0);
      }
    }
    const row = ofType('aws:dynamodb/tableItem:TableItem').find(({ name }) => name === 'acme-registry-row');
    const { usageKey }: { usageKey: { S: string } } = JSON.parse(String(row?.inputs['item']));
    const keys = ofType('aws:apigateway/apiKey:ApiKey');
    expect(keys.find(({ name }) => name === 'acme-usage-key')?.inputs['value']).to.equal(usageKey.S);
    expect(new Set(keys.map(({ inputs }) => inputs['value'])).size).to.equal(6);
    const plans = ofType('aws:apigateway/usagePlan:UsagePlan');
    expect(plans.map(({ inputs }) => inputs['throttleSettings'])).to.deep.equal([
      { rateLimit: 100, burstLimit: 200 },
      { rateLimit: 20, burstLimit: 40 },
    ]);
    const members = ofType('aws:apigateway/usagePlanKey:UsagePlanKey');
    const inPlan = (id: string): string[] =>
      members.filter(({ inputs }) => inputs['usagePlanId'] === id).map(({ name }) => name);
    expect(inPlan('usage-partner-id'), 'the tier of its file').to.deep.equal(['ledger-usage-plan']);
    expect(inPlan('usage-default-id')).to.have.length(5);
  });

  it('keeps services in one pool, whose tokens a trigger of version 3 makes, client by client', () => {
    const pool = ofType('aws:cognito/userPool:UserPool').find(({ name }) => name === 'machines');
    expect(pool?.inputs).to.deep.include({ userPoolTier: 'ESSENTIALS' });
    expect(pool?.inputs).to.have.nested.property(
      'lambdaConfig.preTokenGenerationConfig.lambdaVersion',
      'V3_0',
    );
    const [server] = ofType('aws:cognito/resourceServer:ResourceServer');
    expect(server?.inputs['identifier']).to.equal('payments');
    const client = ofType('aws:cognito/userPoolClient:UserPoolClient').find(
      ({ name }) => name === 'ledger-service-client',
    );
    expect(client?.inputs).to.deep.include({
      generateSecret: true,
      allowedOauthFlows: ['client_credentials'],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthScopes: ['payments/call', 'payments/read', 'payments/payments'],
    });
    const itemOf = (name: string): Record<string, { readonly S: string }> => {
      const row = ofType('aws:dynamodb/tableItem:TableItem').find((one) => one.name === name);
      const item: Record<string, { readonly S: string }> = JSON.parse(String(row?.inputs['item']));
      return item;
    };
    expect(itemOf('ledger-registry-row')['sk']?.S).to.match(/^client#/);
    expect(itemOf('machines-shared')).to.deep.include({ sk: { S: '*' }, shared: { BOOL: true } });
    expect(itemOf('ledger-subject')).to.have.nested.property('attributes.M.rateLimit.N', '20');
    expect(itemOf('ledger-registry-row')['pk']).to.deep.equal(itemOf('machines-shared')['pk']);
  });

  it('names every stage in the registry, and for how long it remembers decisions', () => {
    const rows = ofType('aws:dynamodb/tableItem:TableItem').filter(({ name }) => name.endsWith('-stage-row'));
    const read = rows.map(({ inputs }) => {
      const row: Record<string, object> = JSON.parse(String(inputs['item']));
      expect(row).to.deep.include({ pk: { S: 'stages' }, registryStalenessSeconds: { N: '5' } });
      return [row['protocol'], row['gatewayTtlSeconds']];
    });
    expect(read).to.have.deep.members([
      [{ S: 'rest' }, { N: '60' }],
      [{ S: 'http' }, { N: '60' }],
      [{ S: 'websocket' }, { N: '0' }],
    ]);
  });

  it('opens a WebSocket API by its authorizer alone, and throttles its routes and those of the HTTP API', () => {
    const routes = ofType('aws:apigatewayv2/route:Route').map(({ inputs }) => [
      inputs['routeKey'],
      inputs['authorizationType'],
    ]);
    expect(Object.fromEntries(routes)).to.deep.equal({
      $connect: 'CUSTOM',
      $default: undefined,
      $disconnect: undefined,
    });
    expect(ofType('aws:apigatewayv2/authorizer:Authorizer')[0]?.inputs['identitySources']).to.equal(
      undefined,
    );
    const forwarded = ofType('aws:apigatewayv2/integration:Integration').map(({ inputs }) =>
      Object.entries(Object(inputs['requestParameters'])).filter(([name]) => name.endsWith('Content-Type')),
    );
    expect(forwarded.flat(), 'of messages alone').to.deep.equal([
      ['integration.request.header.Content-Type', "'application/json'"],
    ]);
    const stages = ofType('aws:apigatewayv2/stage:Stage').map(({ inputs }) => inputs['defaultRouteSettings']);
    const settings = { throttlingRateLimit: 1000, throttlingBurstLimit: 2000 };
    expect(stages).to.deep.equal([settings, settings]);
    const authorizer = ofType('aws:lambda/function:Function').find(({ name }) => name === 'authorizer');
    expect(authorizer?.inputs).to.have.nested.property(
      'environment.variables.WEBSOCKET_OPERATION',
      'GET /accounts',
    );
  });

  it('keeps the gateway secret and every token out of names, environments and items', () => {
    const gateways = new Set([
      'aws:apigateway/restApi:RestApi',
      'aws:apigatewayv2/api:Api',
      'aws:apigatewayv2/integration:Integration',
    ]);
    const elsewhere = registrations.filter(({ type }) => !gateways.has(type));
    expect(JSON.stringify(elsewhere)).not.to.include(CONFIG.gatewaySecret);
    const others = registrations.filter(
      ({ type }) => type !== 'aws:cognito/identityProvider:IdentityProvider',
    );
    expect(JSON.stringify(others)).not.to.include('whisper');
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
      Record<string, { 'x-amazon-apigateway-authorizer'?: { authorizerResultTtlInSeconds: number } }>
    >;
  };
  readonly 'x-amazon-apigateway-api-key-source'?: string;
}
