import { createServer, type Server } from 'node:http';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { createAuthorizer } from '../../authz/authorize.ts';
import { createBackend } from '../../authz/backend/index.ts';
import type { Decision } from '../../authz/decision.ts';
import { createLog } from '../../authz/log.ts';
import { isTokenReason } from '../../authz/respond/reasons.ts';
import { exchange } from './backend/exchange.ts';
import { GATEWAY_SECRET, type Service, startService } from './backend/service.ts';
import { hostileTokens, type HostileToken } from './hostile-tokens.ts';
import { closeServer, portOf, signingKey } from './issuer.ts';
import { outputOf } from './output.ts';
import { restEvent } from './rest-event.ts';

/** Node's parser takes these in a header as they are. */
const fitsHeader = (token: string): boolean => /^[\t\x20-\x7e]*$/.test(token) && token.length < 14_000;

/** Long enough to be no word of ours, from anywhere in a token. */
const pieces = (token: string): string[] =>
  token
    .split(/[.,\s]/)
    .filter((part) => part.length > 40)
    .flatMap((part) => [part.slice(0, 40), part.slice(-40)]);

describe('requests with tokens of attackers', () => {
  let service: Service;
  let server: Server;
  let all: readonly HostileToken[];
  const decisions: Decision[] = [];
  const log = createLog('test');
  const record = (decision: Decision): void => {
    decisions.push(decision);
    log.info('decision', { ...decision });
  };

  before(async () => {
    service = await startService();
    await service.reset();
    server = createServer(await createBackend({ ...service.options, record }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    all = await hostileTokens(service.key, await signingKey('key-9', 'somebody else'));
  });
  beforeEach(() => {
    decisions.length = 0;
    service.keys.asked.length = 0;
  });
  after(async () => {
    await closeServer(server);
    await service.close();
  });

  const expectNothingOf = (written: string, answered: string): void => {
    expect(written.split('\n').filter((line) => line !== '')).to.have.length(decisions.length);
    for (const piece of new Set(all.flatMap(({ token }) => pieces(token)))) {
      expect(written.includes(piece), `the log has ${piece}`).to.equal(false);
      expect(answered.includes(piece), `an answer has ${piece}`).to.equal(false);
    }
    // Values of claims, of headers and of key ids.
    for (const value of ['attacker.example', 'nobody', 'PEM', 'ADMIN', GATEWAY_SECRET])
      expect(written.includes(value), `the log has ${value}`).to.equal(false);
  };

  it('are answered 401 or 403 by a backend, without a word about them in its log', async () => {
    const sent = all.filter(({ token }) => fitsHeader(token));
    expect(sent.length).to.be.above(180);
    let answered = '';
    const written = await outputOf(async () => {
      for (const { what, token, reason } of sent) {
        const headers = { authorization: `Bearer ${token}`, 'x-gateway-secret': GATEWAY_SECRET };
        const { status, body } = await exchange(portOf(server), 'GET /books/1', headers, undefined);
        answered += JSON.stringify(body);
        expect(status, what).to.equal(isTokenReason(reason) ? 401 : 403);
        expect(decisions.at(-1)?.reason, what).to.equal(reason);
      }
    });
    expectNothingOf(written, answered);
    expect(service.ran).to.deep.equal([]);
    expect(service.keys.asked.length).to.be.at.most(2);
  });

  it('are answered 401 or a deny by an authorizer, without a word about them in its log or its errors', async () => {
    const { model, identify, now } = service.options;
    const never = { decide: () => Promise.reject(new Error('nothing to decide')) };
    const authorize = createAuthorizer({
      model,
      identify,
      now,
      record,
      deciders: {
        'verified-permissions': never,
        'verified-permissions-with-token': never,
        embedded: never,
        claims: never,
        hybrid: never,
        'hybrid-claims': never,
      },
    });
    let answered = '';
    const written = await outputOf(async () => {
      for (const { what, token, reason } of all) {
        const headers = [['Authorization', `Bearer ${token}`]] as const;
        const event = restEvent({ method: 'GET', headers });
        const outcome = await authorize(event).then(
          (policy) => policy.policyDocument.Statement[0]?.Effect,
          (error: unknown) => {
            // As a Lambda runtime prints it.
            answered += inspect(error, { depth: 5 });
            return error instanceof Error ? error.message : '';
          },
        );
        expect(outcome, what).to.equal(isTokenReason(reason) ? 'Unauthorized' : 'Deny');
        expect(decisions.at(-1)?.reason, what).to.equal(reason);
      }
    });
    expectNothingOf(written, answered);
  });

  for (const [what, headers, reason] of [
    ['no Authorization header', {}, 'TOKEN_MISSING'],
    ['an empty one', { authorization: '' }, 'TOKEN_MISSING'],
    ['another scheme', { authorization: 'Basic YWxpY2U6c2VjcmV0' }, 'TOKEN_MALFORMED'],
    ['the scheme alone', { authorization: 'Bearer' }, 'TOKEN_MALFORMED'],
    ['two headers', { authorization: ['Bearer a.b.c', 'Bearer d.e.f'] }, 'TOKEN_MALFORMED'],
    ['the token in a cookie', { cookie: 'token=a.b.c' }, 'TOKEN_MISSING'],
    [
      'an identity that a gateway would have forwarded',
      { 'x-principal-id': 'acme|alice', 'x-tenant-id': 'acme', 'x-gateway-secret': GATEWAY_SECRET },
      'TOKEN_MISSING',
    ],
  ] as const)
    it(`are answered 401 when they have ${what}`, async () => {
      const written = await outputOf(async () => {
        const sent = Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : [...value],
          ]),
        );
        const { status } = await exchange(portOf(server), 'GET /books/1?access_token=a.b.c', sent, undefined);
        expect(status).to.equal(401);
      });
      expect(decisions.at(-1)?.reason).to.equal(reason);
      expect(written).not.to.match(/YWxpY2U|a\.b\.c|alice/);
    });
});
