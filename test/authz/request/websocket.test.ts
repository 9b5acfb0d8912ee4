import { expect } from 'chai';
import { readConnectEvent } from '../../../authz/request/websocket.ts';
import { connectEvent } from '../connect-event.ts';
import { model } from '../fixture.ts';
import { bearer, type EventOptions, TIME } from '../rest-event.ts';

const TOKEN = 'aaa.bbb.ccc';
const LIMIT: EventOptions['query'] = [['limit', '5']];
const read = (
  options: Pick<EventOptions, 'headers' | 'query'>,
  opening: string | undefined = 'GET /search',
) => readConnectEvent(connectEvent({ query: LIMIT, ...options }), model, opening);
const reasonOf = (...asked: Parameters<typeof read>): string => {
  const result = read(...asked);
  return result.ok ? 'ACCEPTED' : result.reason;
};
const protocols = (...values: string[]): EventOptions['headers'] =>
  values.map((value) => ['Sec-WebSocket-Protocol', value] as const);

describe('the event of a WebSocket authorizer', () => {
  it('becomes a request for the operation that stands for opening a socket', () => {
    const result = read({ headers: [bearer(TOKEN)] });
    expect(result).to.deep.include({
      ok: true,
      request: {
        token: TOKEN,
        method: 'GET',
        pathTemplate: '/search',
        pathParameters: {},
        query: { limit: '5' },
        headers: {},
        sourceIp: '192.0.2.7',
        host: 'sockets.example.com',
        time: TIME,
        protocol: 'websocket',
      },
    });
    expect(result.ok && result.operation.name).to.equal('GET /search');
  });

  it('is refused where no operation stands for it', () => {
    const headers = [bearer(TOKEN)];
    expect(readConnectEvent(connectEvent({ headers }), model, undefined)).to.deep.equal({
      ok: false,
      reason: 'ROUTE_UNKNOWN',
    });
    expect(reasonOf({ headers }, 'GET /nothing')).to.equal('ROUTE_UNKNOWN');
  });

  it('takes the token of a browser from beside its subprotocol', () => {
    for (const headers of [
      protocols(`cedarwright.bearer, ${TOKEN}`),
      protocols('cedarwright.bearer', TOKEN),
      protocols(`cedarwright.bearer,${TOKEN}`),
    ]) {
      const result = read({ headers: headers ?? [] });
      expect(result.ok && result.request.token).to.equal(TOKEN);
    }
  });

  it('wants exactly one token there', () => {
    for (const [reason, headers] of [
      ['TOKEN_MISSING', protocols('graphql-ws')],
      ['TOKEN_MISSING', protocols(TOKEN)],
      ['TOKEN_MISSING', protocols(`${TOKEN}, cedarwright.bearer`)],
      ['TOKEN_MALFORMED', protocols('cedarwright.bearer')],
      ['TOKEN_MALFORMED', protocols(`cedarwright.bearer, ${TOKEN}, ${TOKEN}`)],
      ['TOKEN_MALFORMED', [bearer(TOKEN), ...(protocols(`cedarwright.bearer, ${TOKEN}`) ?? [])]],
    ] as const)
      expect(reasonOf({ headers: headers ?? [] }), JSON.stringify(headers)).to.equal(reason);
  });

  it('finds a token in no query string, which logs and histories keep', () => {
    const query: EventOptions['query'] = [...LIMIT, ['token', TOKEN], ['Authorization', `Bearer ${TOKEN}`]];
    expect(reasonOf({ headers: [], query })).to.equal('TOKEN_MISSING');
  });
});
