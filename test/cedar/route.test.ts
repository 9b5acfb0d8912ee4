import { expect } from 'chai';
import type { Action, Model } from '../../cedar/model.ts';
import { matchRoute, pathParameters } from '../../cedar/route.ts';
import { MODEL } from './fixture.ts';

const routes = (...names: string[]): Model => ({
  ...MODEL,
  actions: Object.fromEntries(
    names.map((name): [string, Action] => {
      const [method = '', path = ''] = name.split(' ');
      const resource = { type: 'Endpoint', id: { from: 'endpoint' } } as const;
      return [
        name,
        {
          groups: [],
          principals: [],
          resources: [],
          context: {},
          route: { method, path, key: name, resource, sensitive: false },
        },
      ];
    }),
  ),
});

const model = routes(
  'GET /users/{id}',
  'GET /users/me',
  'PUT /users/{id}',
  'GET /users/{id}/docs/{doc}',
  'GET /{a}/x',
  'GET /v1.0/a:b',
);
const action = (method: string, path: string): string | undefined => matchRoute(model, method, path)?.action;

describe('matchRoute', () => {
  it('finds the operation and its parameters, undecoded', () => {
    const match = matchRoute(model, 'GET', '/users/a%20b/docs/7');
    expect(match?.action).to.equal('GET /users/{id}/docs/{doc}');
    expect(match?.parameters).to.deep.equal({ id: 'a%20b', doc: '7' });
    expect(match?.route.key).to.equal('GET /users/{id}/docs/{doc}');
  });

  it('prefers a static segment to a parameter, the first one first', () => {
    expect(action('GET', '/users/me')).to.equal('GET /users/me');
    expect(action('GET', '/users/x')).to.equal('GET /users/{id}');
    expect(action('GET', '/other/x')).to.equal('GET /{a}/x');
    expect(action('PUT', '/users/me')).to.equal('PUT /users/{id}');
  });

  it('matches methods exactly: HEAD and OPTIONS never find the route of GET', () => {
    for (const method of ['HEAD', 'OPTIONS', 'get', 'TRACE', '']) {
      expect(action(method, '/users/me'), method).to.equal(undefined);
    }
  });

  it('matches nothing but whole paths', () => {
    const others = [
      '/users',
      '/users/',
      '/users//',
      '/users/me/',
      '//users/me',
      '/Users/me',
      '/users/%6De/docs/',
      '/',
      '',
    ];
    for (const path of others) expect(action('GET', path), path).to.equal(undefined);
    // Not `GET /users/me`: the gateway has not decoded the segment either.
    expect(action('GET', '/users/%6De')).to.equal('GET /users/{id}');
  });

  it('takes every character of a static segment literally', () => {
    expect(action('GET', '/v1.0/a:b')).to.equal('GET /v1.0/a:b');
    expect(action('GET', '/v1x0/a:b')).to.equal(undefined);
  });

  it('knows no route of a domain action', () => {
    expect(matchRoute(MODEL, 'GET', 'ViewShareButton')).to.equal(undefined);
  });
});

describe('pathParameters', () => {
  it('gives a parameter one segment, never an empty one', () => {
    expect(pathParameters('/a/{b}', '/a/c')).to.deep.equal({ b: 'c' });
    expect(pathParameters('/a/{b}', '/a/')).to.equal(undefined);
  });

  it('loses none, whatever it is called', () => {
    expect(Object.entries(pathParameters('/{__proto__}/{constructor}', '/a/b') ?? {})).to.deep.equal([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });
});
