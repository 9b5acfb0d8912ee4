import { expect } from 'chai';
import { readRestEvent } from '../../../authz/request/rest.ts';
import { model } from '../fixture.ts';
import { bearer, type EventOptions, restEvent, TIME } from '../rest-event.ts';
import { siblings } from '../siblings.ts';

const TOKEN = 'aaa.bbb.ccc';
const read = (options: EventOptions = {}) =>
  readRestEvent(restEvent({ headers: [bearer(TOKEN)], ...options }), model);
const reasonOf = (options: EventOptions): string => {
  const result = read(options);
  return result.ok ? 'ACCEPTED' : result.reason;
};
const search = (options: EventOptions): EventOptions => ({
  method: 'GET',
  resource: '/search',
  path: '/search',
  ...options,
});

describe('the event of a REST authorizer', () => {
  it('becomes an authorization request', () => {
    const result = read({ path: '/books/a%20b' });
    expect(result).to.deep.include({
      ok: true,
      request: {
        token: TOKEN,
        method: 'PUT',
        pathTemplate: '/books/{id}',
        pathParameters: { id: 'a%20b' },
        query: {},
        headers: {},
        sourceIp: '192.0.2.7',
        host: 'api.example.com',
        time: TIME,
        protocol: 'rest',
      },
    });
    expect(result.ok && result.operation.name).to.equal('PUT /books/{id}');
  });

  it('keeps only the headers and parameters that the operation declares', () => {
    const result = read(
      search({
        headers: [bearer(TOKEN), ['x-reason', 'audit'], ['X-Other', 'secret']],
        query: [
          ['limit', '5'],
          ['other', 'secret'],
        ],
      }),
    );
    expect(result.ok && result.request.headers).to.deep.equal({ 'X-Reason': 'audit' });
    expect(result.ok && result.request.query).to.deep.equal({ limit: '5' });
  });

  it('takes the scheme in any case, and no other scheme', () => {
    expect(reasonOf({ headers: [['authorization', `bEARER ${TOKEN}`]] })).to.equal('ACCEPTED');
    for (const value of [TOKEN, `Basic ${TOKEN}`, 'Bearer', 'Bearer ', `Bearer ${TOKEN} x`])
      expect(reasonOf({ headers: [['Authorization', value]] }), value).to.equal('TOKEN_MALFORMED');
  });

  it('wants one token of a bounded size and the shape of a signed one', () => {
    expect(reasonOf({ headers: [] })).to.equal('TOKEN_MISSING');
    expect(reasonOf({ headers: [['Authorization', '']] })).to.equal('TOKEN_MISSING');
    for (const token of ['aaa.bbb.', 'aaa.bbb', 'aaa.b!b.ccc', `a.${'b'.repeat(10_240)}.c`])
      expect(reasonOf({ headers: [bearer(token)] }), token.slice(0, 20)).to.equal('TOKEN_MALFORMED');
  });

  it('refuses a second Authorization header, in whatever casing', () => {
    expect(reasonOf({ headers: [bearer(TOKEN), bearer('ddd.eee.fff')] })).to.equal('TOKEN_MALFORMED');
    expect(reasonOf({ headers: [bearer(TOKEN), ['authorization', `Bearer ${TOKEN}`]] })).to.equal(
      'TOKEN_MALFORMED',
    );
  });

  it('refuses a declared header or parameter that is given twice', () => {
    const twice = search({ query: [['limit', '1'], ['limit', '999']] }); // prettier-ignore
    expect(reasonOf(twice)).to.equal('INPUT_AMBIGUOUS');
    const headers = [bearer(TOKEN), ['X-Reason', 'a'], ['x-reason', 'b']] as const;
    expect(reasonOf(search({ headers }))).to.equal('INPUT_AMBIGUOUS');
    expect(reasonOf({ headers }), 'not declared by this operation').to.equal('ACCEPTED');
  });

  it('knows no operation but those of the model', () => {
    expect(reasonOf({ method: 'DELETE' })).to.equal('ROUTE_UNKNOWN');
    expect(reasonOf({ resource: '/{proxy+}' })).to.equal('ROUTE_UNKNOWN');
  });

  it('refuses an ARN that would allow more than this request', () => {
    for (const path of ['/books/*', '/books/4?', '/books/${aws:username}', `/books/${'a'.repeat(600)}`])
      expect(reasonOf({ path }), path.slice(0, 30)).to.equal('PATH_REFUSED');
  });

  it('takes path parameters raw or decoded once, and nothing else, from the gateway', () => {
    const path = '/books/a%2542';
    for (const id of ['a%2542', 'a%42'])
      expect(reasonOf({ path, pathParameters: { id } }), id).to.equal('ACCEPTED');
    for (const id of ['aB', 'other', ''])
      expect(reasonOf({ path, pathParameters: { id } }), id).to.equal('PATH_REFUSED');
    expect(reasonOf({ path, pathParameters: {} })).to.equal('PATH_REFUSED');
  });

  it('reads the path behind the base path of a custom domain', () => {
    const result = read({ path: '/library/books/42', pathParameters: { id: '42' } });
    expect(result.ok && result.request.pathParameters).to.deep.equal({ id: '42' });
  });

  it('refuses a path that does not fit its template', () => {
    for (const path of ['/books', '/books/', '/books/42/', '/shelves/42'])
      expect(reasonOf({ path, pathParameters: { id: '42' } }), path).to.equal('PATH_REFUSED');
  });

  it('refuses a path that is another operation’s to whoever decodes it first', () => {
    const reason = (path: string, resource = '/books/{id}'): string => {
      const event = restEvent({ headers: [bearer(TOKEN)], resource, path });
      const result = readRestEvent(event, siblings);
      return result.ok ? 'ACCEPTED' : result.reason;
    };
    expect(reason('/books/%6Catest')).to.equal('PATH_REFUSED');
    expect(reason('/books/latest'), 'hidden by the other template').to.equal('PATH_REFUSED');
    expect(reason('/books/latest', '/books/latest')).to.equal('ACCEPTED');
    expect(reason('/books/%6Catest1')).to.equal('ACCEPTED');
    const shelf = '/shelves/{shelf}/books/{id}';
    expect(reason('/shelves/a%20b/books/1', shelf)).to.equal('ACCEPTED');
    for (const name of ['a%2Fb', '%2e%2e', '..', '%5C', '%00', '%'])
      expect(reason(`/shelves/${name}/books/1`, shelf), name).to.equal('PATH_REFUSED');
  });
});
