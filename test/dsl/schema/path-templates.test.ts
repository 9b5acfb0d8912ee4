import { expect } from 'chai';
import { documentOf, expectProblems, problemsOf, readFiles, readParts } from './document.ts';

const responses = `responses: { '200': { description: fine } }`;
const parameter = (name: string): string =>
  `{ name: '${name}', in: path, required: true, schema: { type: string } }`;
/** A path with operations that have no more than they must; `words`: of the path. */
const path = (template: string, { methods = ['get'], words = '', mark = '' } = {}): string => {
  const names = new Set([...template.matchAll(/\{(.*?)\}/g)].map(([, name = '']) => name));
  const operations = methods.map((method) => `${method}: { ${responses} }`);
  return `  ${mark}'${template}': { ${words}parameters: [${[...names].map(parameter).join(', ')}], ${operations.join(', ')} }`;
};
const paths = (...lines: string[]): { readonly paths: string } => ({ paths: `paths:\n${lines.join('\n')}` });

describe('path templates that cannot be routed', () => {
  it('are refused, and it is said why', async () => {
    for (const [template, why] of [
      ['/files/{name}.json', 'more than one parameter'],
      ['/compare/{base}...{head}', 'more than one parameter'],
      ['/{a}-{b}', 'more than one parameter'],
      ['/things/{id}:cancel', 'more than one parameter'],
      ['/{proxy+}', 'any number of segments'],
      ['/files/{path*}', 'more than one parameter'],
      ['/a/', 'end in a slash'],
      ['/a//b', 'is empty'],
      ['/a/../b', 'resolved before'],
      ['/a/./b', 'resolved before'],
      ['/a?x=1', 'query or fragment'],
      ['/a#b', 'query or fragment'],
      ['/über', 'other characters'],
      ['/a b', 'other characters'],
      ['/a/%2F', 'other characters'],
      ['/{id}/{id}', 'a parameter twice'],
      ['/{__proto__}', '__proto__'],
      ['/{ }', 'more than one parameter'],
    ]) {
      const [text = ''] = await expectProblems('BAD_PATH', paths(path(template ?? '', { mark: '▸' })));
      expect(text, template).to.contain(why).and.contain('omit: true');
    }
  });

  it('may be left out', async () => {
    const model = await readParts(
      paths(
        path('/{a}-{b}', { words: 'x-authz: { omit: true }, ' }),
        path('/{proxy+}', { words: 'x-authz: { omit: true }, ' }),
        path('/a'),
      ),
    );
    expect(Object.keys(model.actions)).to.deep.equal(['GET /a']);
    expect(model.publicRoutes).to.deep.equal([]);
  });

  it('are too long for an action', async () => {
    const long = `/${'a'.repeat(510)}`;
    const [text] = await expectProblems('BAD_PATH', {
      paths: `paths:\n  ${long}: { ▸get: { ${responses} } }`,
    });
    expect(text).to.contain('515 characters').and.contain('512');
  });
});

describe('paths beside each other', () => {
  it('may differ in letters, in the dots of a version and in what is more exact', async () => {
    const templates = [
      '/users/{id}',
      '/users/me',
      '/Users/me',
      '/v1.0/x',
      '/v1x0/x',
      '/a:b',
      '/',
      '/users/{id}/me',
    ];
    const lines = templates.map((template) =>
      path(template).replace(responses, `operationId: '${template}', ${responses}`),
    );
    const model = await readParts(paths(...lines));
    expect(Object.keys(model.actions)).to.have.lengthOf(templates.length);
  });

  it('are ambiguous only where they have a method in common', async () => {
    await expectProblems('AMBIGUOUS_PATH', paths(path('/a/{id}/c'), path('/a/b/{id}', { mark: '▸' })));
    await readParts(paths(path('/a/{id}/c'), path('/a/b/{id}', { methods: ['put'] })));
    await readParts(paths(path('/a/{id}/c'), path('/a/b/{id}', { words: 'x-authz: { omit: true }, ' })));
  });

  it('call what API Gateway keeps in one place by one name, if need be by another than the document', async () => {
    const first = path('/a/{id}');
    const [text] = await expectProblems(
      'AMBIGUOUS_PATH',
      paths(first, path('/a/{key}/b', { methods: ['put'], mark: '▸' })),
    );
    expect(text).to.contain('call the same segment {id} and {key}').and.contain('rename: { key: id }');
    const renamed = path('/a/{key}/b', {
      words: 'x-authz: { rename: { key: id }, resource: { type: Order, id: { path: key } } }, ',
    });
    const components = 'components: { schemas: { Order: { type: object, x-authz: { entity: true } } } }';
    const model = await readParts({ ...paths(first, renamed), components });
    expect(model.actions['GET /a/{id}/b']?.route).to.deep.include({
      path: '/a/{id}/b',
      key: 'getAByIdB',
      resource: { type: 'Order', id: { from: 'path', parameter: 'id' } },
    });
  });

  it('are refused where new names make them the same, or name nothing', async () => {
    const renamed = (words: string): string => path('/a/{key}', { words: `x-authz: { rename: ${words} }, ` });
    const codes = async (...lines: string[]) =>
      (await problemsOf({ 'api.yaml': documentOf(paths(...lines)) })).map(({ code }) => code);
    expect(await codes(path('/a/{id}'), renamed('{ key: id }'))).to.include('AMBIGUOUS_PATH');
    expect(await codes(renamed('{ kei: id }'))).to.deep.equal(['UNKNOWN_NAME']);
    expect(await codes(renamed('{ key: "a/b" }'))).to.deep.equal(['BAD_PATH']);
    const disjoint = path('/a/{key}', { methods: ['put'], words: 'x-authz: { rename: { key: id } }, ' });
    expect(await codes(path('/a/{id}'), disjoint)).to.deep.equal([]);
  });
});

describe('what is behind a path', () => {
  it('may be in another file, with more beside the reference', async () => {
    const files = (second: string): Record<string, string> => ({
      'api.yaml': documentOf({
        paths: `paths:\n  /a/{id}:\n    $ref: 'paths.yaml#/~1a'\n    parameters: [${parameter('id')}]\n    ${second}: { operationId: second, ${responses} }`,
      }),
      'paths.yaml': `/a:\n  x-authz: { sensitive: true }\n  get: { operationId: first, ${responses} }\n`,
    });
    const { actions } = await readFiles(files('put'));
    expect(actions).to.have.keys('GET /a/{id}', 'PUT /a/{id}');
    expect(actions['PUT /a/{id}']?.route?.sensitive).to.equal(true);
    const codes = (await problemsOf(files('get'))).map(({ code }) => code);
    expect(codes).to.include('DUPLICATE_OPERATION');
  });

  it('is refused on servers of its own, unless it is left out or they are those of the API', async () => {
    const servers = (text: string, words = ''): { readonly paths: string; readonly top: string } => ({
      top: `servers: [{ url: 'https://api.example.com/v1' }, { url: /v1 }]\nx-authz: { namespace: Shop, principals: { User: { kinds: [saasTenant] } } }`,
      paths: `paths:\n  /a:\n    get: { ${words}servers: ${text}, ${responses} }`,
    });
    await expectProblems('OTHER_SERVER', servers(`▸[{ url: 'https://uploads.example.com' }]`));
    await readParts(servers(`[{ url: 'https://uploads.example.com' }]`, 'x-authz: { omit: true }, '));
    const model = await readParts(servers('[{ url: /v1 }]'));
    expect(Object.keys(model.actions)).to.deep.equal(['GET /a']);
  });

  it('has each parameter once', async () => {
    const header = '{ name: X-A, in: header, schema: { type: string } }';
    await expectProblems('DUPLICATE_PARAMETER', {
      paths: `paths:\n  /a:\n    get: { parameters: [${header}, ▸${header.replace('X-A', 'x-a')}], ${responses} }`,
    });
  });

  it('has names in op that can be reached', async () => {
    const named = (name: string): string => `paths:\n  /a: { ▸get: { operationId: ${name}, ${responses} } }`;
    await expectProblems('BAD_NAME', { paths: named('__proto__') });
    await expectProblems('BAD_NAME', { paths: named('"a\\tb"') });
    const model = await readParts({ paths: named(`'list "all" – 日本'`).replace('▸', '') });
    expect(model.actions['GET /a']?.route?.key).to.equal('list "all" – 日本');
    expect((await readParts({ paths: named("''").replace('▸', '') })).actions['GET /a']?.route?.key).to.equal(
      'getA',
    );
  });
});
