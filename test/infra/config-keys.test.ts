import { expect } from 'chai';
import { parseSettings } from '../../infra/config-keys.ts';

const needed = { backendUrl: 'https://backend.example', gatewaySecret: 'set' };
const messages = (values: Record<string, string>): string[] =>
  parseSettings(values).problems.map(({ message }) => message);

describe('the configuration of a stack', () => {
  it('has a value for every key that is not given', () => {
    const { settings, problems } = parseSettings(needed);
    expect(problems).to.deep.equal([]);
    expect(settings).to.deep.equal({
      backendUrl: 'https://backend.example',
      stageName: 'live',
      gateways: ['rest'],
      usagePlans: { default: { rate: 100, burst: 200 } },
      routeThrottle: { rate: 1000, burst: 2000 },
      corsOrigins: [],
      gatewayTtlSeconds: 60,
      registryStalenessSeconds: 5,
      storeConsistencyMs: 5000,
      livePolicies: 'forbid',
      protect: true,
      callbackUrls: {},
      identityProviderSecretsOf: [],
    });
  });

  it('reads lists and plans as JSON', () => {
    const { settings } = parseSettings({
      ...needed,
      gateways: '["websocket","rest"]',
      webSocketOperation: 'GET /events',
      usagePlans: '{"default":{"rate":1,"burst":2},"gold":{"rate":3,"burst":4}}',
      corsOrigins: '["http://localhost:5173"]',
    });
    expect(settings).to.deep.include({
      gateways: ['rest', 'websocket'],
      webSocketOperation: 'GET /events',
      usagePlans: { default: { rate: 1, burst: 2 }, gold: { rate: 3, burst: 4 } },
      corsOrigins: ['http://localhost:5173'],
    });
  });

  it('lists everything that is wrong at once', () => {
    const wrong = {
      gatewayTtlSeconds: '3601',
      protect: 'yes',
      securityRoleArn: 'security',
      backendURL: 'https://x',
    };
    const found = messages(wrong);
    for (const key of [
      'gatewaySecret',
      'backendUrl',
      'gatewayTtlSeconds',
      'protect',
      'securityRoleArn',
      'backendURL',
    ]) {
      expect(
        found.filter((message) => message.includes(`cedarwright:${key} `)),
        key,
      ).to.have.length(1);
    }
  });

  for (const [key, value] of [
    ['gatewayTtlSeconds', '-1'],
    ['gatewayTtlSeconds', '1.5'],
    ['backendUrl', 'backend.example'],
    ['backendUrl', 'file:///etc/passwd'],
    ['backendUrl', 'https://user:hush@backend.example'],
    ['backendUrl', 'https://backend.example?a=b'],
    ['gatewaySecret', "hush'hush"],
    ['gatewaySecret', 'hush hush'],
    ['gatewaySecret', 'hush$hush'],
    ['gatewaySecret', ''],
    ['livePolicies', 'permit'],
    ['stageName', 'a/b'],
    ['database', '{"secretArn":"arn:aws:secretsmanager:x","subnetIds":["a"]}'],
    ['database', 'not json'],
    ['storeConsistencyMs', ''],
    ['gateways', '[]'],
    ['gateways', '["rest","soap"]'],
    ['gateways', '["rest","rest"]'],
    ['gateways', 'rest'],
    ['webSocketOperation', 'ViewButton'],
    ['usagePlans', '{"gold":{"rate":1,"burst":1}}'],
    ['usagePlans', '{"default":{"rate":1}}'],
    ['usagePlans', '{"default":{"rate":0,"burst":1}}'],
    ['usagePlans', '{"default":{"rate":1,"burst":1},"Gold plan":{"rate":1,"burst":1}}'],
    ['routeThrottle', '{"rate":1,"burst":1,"quota":1}'],
    ['routeThrottle', '5'],
    ['corsOrigins', '["*"]'],
    ['corsOrigins', '["https://app.example.com/"]'],
    ['corsOrigins', '["null"]'],
    ['corsOrigins', '["file://x"]'],
    ['corsOrigins', 'https://app.example.com'],
    ['callbackUrls', '["https://app.example.com"]'],
    ['callbackUrls', '{"staff":[]}'],
    ['callbackUrls', '{"staff":["http://app.example.com/callback"]}'],
    ['callbackUrls', '{"staff":["https://app.example.com/#callback"]}'],
    ['callbackUrls', '{"staff":["javascript:alert(1)"]}'],
    ['callbackUrls', '{"staff":["/callback"]}'],
    ['identityProviderSecrets', '{"staff":""}'],
    ['identityProviderSecrets', '{"staff":7}'],
    ['identityProviderSecrets', 'hush'],
  ] as const) {
    it(`refuses ${key} = '${value}'`, () => {
      expect(messages({ ...needed, [key]: value })).to.have.length(1);
    });
  }

  it('quotes no secret, and no URL that may hold one', () => {
    const wrong = {
      gatewaySecret: "hush'",
      backendUrl: 'https://user:hush@backend.example',
      database: 'hush',
      identityProviderSecrets: '{"staff":["hush"]}',
    };
    expect(JSON.stringify(parseSettings(wrong).problems)).not.to.include('hush');
  });

  it('says of a missing secret only that it is missing', () => {
    expect(messages({ backendUrl: 'https://x' })).to.deep.equal([
      'config key cedarwright:gatewaySecret is missing',
    ]);
  });
});
