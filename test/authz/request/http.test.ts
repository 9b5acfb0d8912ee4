import { expect } from 'chai';
import { readHttpEvent } from '../../../authz/request/http.ts';
import { httpEvent, type HttpEventOptions } from '../http-event.ts';
import { TIME } from '../rest-event.ts';
import { siblings } from '../siblings.ts';

const TOKEN = 'aaa.bbb.ccc';
const authorization = `Bearer ${TOKEN}`;
const read = (options: HttpEventOptions = {}) =>
  readHttpEvent(httpEvent({ headers: { authorization }, ...options }), siblings);
const reasonOf = (options: HttpEventOptions): string => {
  const result = read(options);
  return result.ok ? 'ACCEPTED' : result.reason;
};
const idOf = (options: HttpEventOptions): string | undefined => {
  const result = read(options);
  return result.ok ? result.request.pathParameters['id'] : undefined;
};
const search = (options: HttpEventOptions): HttpEventOptions => ({
  routeKey: 'GET /search',
  rawPath: '/search',
  ...options,
});

describe('the event of an HTTP authorizer', () => {
  it('becomes an authorization request', () => {
    const result = read();
    expect(result).to.deep.include({
      ok: true,
      request: {
        token: TOKEN,
        method: 'PUT',
        pathTemplate: '/books/{id}',
        pathParameters: { id: '42' },
        query: {},
        headers: {},
        sourceIp: '192.0.2.7',
        host: 'api.example.com',
        time: TIME,
        protocol: 'http',
      },
    });
    expect(result.ok && result.operation.name).to.equal('PUT /books/{id}');
  });

  it('reads a path that was decoded before, and never decodes it again', () => {
    expect(idOf({ rawPath: '/books/a b' })).to.equal('a%20b');
    expect(idOf({ rawPath: '/books/ü' })).to.equal('%C3%BC');
    expect(reasonOf({ rawPath: '/books/%42' }), 'sent as %42 or as %2542').to.equal('PATH_REFUSED');
    expect(reasonOf({ rawPath: '/books/a%2fb' })).to.equal('PATH_REFUSED');
  });

  it('refuses an id with a slash, which the decoded path splits', () => {
    expect(reasonOf({ rawPath: '/books/a/b', pathParameters: { id: 'a/b' } })).to.equal('PATH_REFUSED');
  });

  it('takes parameters decoded or not, and only those that the path has', () => {
    expect(idOf({ rawPath: '/books/a b', pathParameters: { id: 'a%20b' } })).to.equal('a%20b');
    for (const pathParameters of [{ id: 'other' }, { id: 'a?b' }, {}] as HttpEventOptions['pathParameters'][])
      expect(reasonOf({ rawPath: '/books/a', ...(pathParameters && { pathParameters }) })).to.equal(
        'PATH_REFUSED',
      );
  });

  it('reads the path behind a stage or base path', () => {
    expect(idOf({ rawPath: '/live/books/42', pathParameters: { id: '42' } })).to.equal('42');
  });

  it('refuses the path of another operation, which this one’s template fits as well', () => {
    expect(reasonOf({ rawPath: '/books/latest' })).to.equal('PATH_REFUSED');
    expect(reasonOf({ routeKey: 'PUT /books/latest', rawPath: '/books/latest' })).to.equal('ACCEPTED');
  });

  it('refuses a parameter beside the resource’s that would not be an id either', () => {
    const on = (shelf: string): string =>
      reasonOf({ routeKey: 'PUT /shelves/{shelf}/books/{id}', rawPath: `/shelves/${shelf}/books/1` });
    expect(on('atlases')).to.equal('ACCEPTED');
    for (const shelf of ['..', '.', 'a\\b', 'a\u0000']) expect(on(shelf), shelf).to.equal('PATH_REFUSED');
  });

  it('knows operations by their route key only', () => {
    for (const routeKey of ['$default', 'ANY /books/{id}', 'HEAD /books/{id}', 'toString'])
      expect(reasonOf({ routeKey }), routeKey).to.equal('ROUTE_UNKNOWN');
    const event = httpEvent({ headers: { authorization } });
    const { http } = event.requestContext;
    const head = { ...event, requestContext: { ...event.requestContext, http: { ...http, method: 'HEAD' } } };
    expect(readHttpEvent(head, siblings)).to.deep.equal({ ok: false, reason: 'ROUTE_UNKNOWN' });
  });

  it('wants one token, of which two joined by a comma are none', () => {
    expect(reasonOf({ headers: {} })).to.equal('TOKEN_MISSING');
    for (const value of [`${authorization},${authorization}`, `${authorization},x`, `Basic ${TOKEN}`])
      expect(reasonOf({ headers: { authorization: value } }), value).to.equal('TOKEN_MALFORMED');
  });

  it('keeps only the headers and parameters that the operation declares', () => {
    const result = read(
      search({
        headers: { authorization, 'x-reason': 'audit', 'x-other': 'secret' },
        rawQueryString: 'limit=5&other=secret',
      }),
    );
    expect(result.ok && result.request.headers).to.deep.equal({ 'X-Reason': 'audit' });
    expect(result.ok && result.request.query).to.deep.equal({ limit: '5' });
  });

  it('refuses a declared header or parameter that is, or may be, given twice', () => {
    const twice = { authorization, 'x-reason': 'audit,theft' };
    expect(reasonOf(search({ headers: twice, rawQueryString: 'limit=5' }))).to.equal('INPUT_AMBIGUOUS');
    expect(reasonOf(search({ rawQueryString: 'limit=5&limit=6' }))).to.equal('INPUT_AMBIGUOUS');
    expect(reasonOf(search({ rawQueryString: 'limit=5&%6Cimit=6' }))).to.equal('INPUT_AMBIGUOUS');
  });

  it('finds a token in no query string', () => {
    expect(reasonOf({ headers: {}, rawQueryString: `authorization=${TOKEN}&token=${TOKEN}` })).to.equal(
      'TOKEN_MISSING',
    );
  });
});
