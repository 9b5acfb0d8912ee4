import { expect } from 'chai';
import { documentOf, expectProblems, problemsOf, readFiles, readParts } from './document.ts';

const operation = (rest = ''): string => `{ ${rest} responses: { '200': { description: fine } } }`;

describe('reading an API document', () => {
  it('reads 3.0 and 3.1, YAML and JSON', async () => {
    for (const version of ['3.0.3', '3.1.1']) {
      const model = await readParts({ version });
      expect(Object.keys(model.actions)).to.deep.equal(['GET /orders']);
    }
    const json = JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'Shop', version: '1' },
      'x-authz': { namespace: 'Shop', principals: { User: { kinds: ['saasTenant'] } } },
      paths: { '/a': { get: { responses: { 200: { description: 'fine' } } } } },
    });
    expect(Object.keys((await readFiles({ 'api.json': json })).actions)).to.deep.equal(['GET /a']);
  });

  it('gives the same model whatever the order of the document', async () => {
    const paths = (first: string, second: string): string =>
      `paths:\n  ${first}: { get: ${operation()} }\n  ${second}: { get: ${operation()} }`;
    const one = await readParts({ paths: paths('/a', '/b') });
    const other = await readParts({ paths: paths('/b', '/a') });
    expect(JSON.stringify(one)).to.equal(JSON.stringify(other));
  });

  it('follows references into other files, for path items, parameters and schemas', async () => {
    const model = await readFiles({
      'api.yaml': documentOf({
        paths: `paths:\n  /orders/{id}: { $ref: 'paths.yaml#/order' }`,
        components: `components:\n  schemas:\n    Order: { $ref: 'schemas.yaml#/Order' }`,
      }),
      'paths.yaml': `
order:
  parameters:
    - $ref: '#/Id'
  get:
    x-authz: { resource: { type: Order, id: { path: id } } }
    responses: { '200': { description: fine } }
Id: { name: id, in: path, required: true, schema: { type: string } }
`,
      'schemas.yaml': `
Order:
  x-authz: { entity: true, attributes: [total] }
  required: [total]
  properties: { total: { $ref: '#/Amount' } }
Amount: { type: integer }
`,
    });
    expect(model.actions['GET /orders/{id}']?.route?.resource).to.deep.equal({
      type: 'Order',
      id: { from: 'path', parameter: 'id' },
    });
    expect(model.entityTypes['Order']?.attributes['total']).to.deep.equal({
      type: { kind: 'Long' },
      required: true,
    });
  });

  it('names a file of its own where the mistake is in one', async () => {
    const [problem, ...more] = await problemsOf({
      'api.yaml': documentOf({
        components: `components:\n  schemas:\n    Order: { $ref: 'schemas.yaml#/Order' }`,
      }),
      'schemas.yaml': `Order:\n  x-authz: { entity: true, attributes: [total] }\n  properties:\n    total: { type: number }\n`,
    });
    expect(more).to.deep.equal([]);
    expect(problem?.site).to.include({ line: 4, column: 20 });
    expect(problem?.site?.file).to.match(/schemas\.yaml$/);
  });

  it('refuses other versions, and documents that are not for us', async () => {
    await expectProblems('UNSUPPORTED_VERSION', { version: '▸3.2.0' });
    await expectProblems('UNSUPPORTED_VERSION', { version: `▸2.0` });
    const half = `paths:\n  /a: { get: ${operation('x-authz: { sensitive: true },')} }`;
    const problems = await problemsOf({ 'api.yaml': documentOf({ top: '', paths: half }) });
    expect(problems.map(({ code }) => code)).to.include('NO_EXTENSION');
  });

  it('says where the YAML or the specification is violated', async () => {
    const [syntax] = await problemsOf({
      'api.yaml': 'openapi: 3.1.0\ninfo: { title: x }\npaths: {}\npaths: {}\n',
    });
    expect(syntax?.code).to.equal('BAD_DOCUMENT');
    expect(syntax?.site).to.include({ line: 4, column: 1 });
    await expectProblems('BAD_DOCUMENT', { paths: `paths:\n  /a:\n    get: { responses: { '200': ▸{ } } }` });
    await expectProblems('BAD_DOCUMENT', { paths: `paths:\n  /a:\n    get: ${operation('▸parameter: 1,')}` });
  });

  it('lists every reference that leads nowhere, to the network or to itself', async () => {
    const schema = (reference: string): string => `components:\n  schemas:\n    A: { $ref: ${reference} }`;
    await expectProblems('BAD_REFERENCE', { components: schema(`▸'#/components/schemas/Missing'`) });
    await expectProblems('BAD_REFERENCE', { components: schema(`▸'missing.yaml#/A'`) });
    await expectProblems('BAD_REFERENCE', { components: schema(`▸'https://example.com/a.yaml'`) });
    await expectProblems('BAD_REFERENCE', { components: schema(`▸'#/components/schemas/A'`) });
  });

  it('reports an x-authz that has no effect where it stands', async () => {
    await expectProblems('UNREAD_EXTENSION', {
      paths: `paths:\n  /a: { get: { responses: { '200': { description: fine, ▸x-authz: { public: true } } } } }`,
    });
    await expectProblems('UNREAD_EXTENSION', {
      components: `components:\n  schemas:\n    Order: { type: object, ▸x-authz: { attributes: [a] }, properties: { a: { type: string } } }`,
    });
    await expectProblems('UNREAD_EXTENSION', {
      components: `components:\n  schemas:\n    A: { type: object, properties: { a: { type: string, ▸x-authz: { log: true } } } }`,
    });
  });

  it('lists all problems at once, each once', async () => {
    const problems = await problemsOf({
      'api.yaml': documentOf({
        top: `x-authz: { namespace: Aws, principals: { User: { kinds: [saasTenants] } } }`,
        paths: `paths:\n  /a:\n    get: ${operation('x-authz: { grups: [] },')}`,
      }),
    });
    expect(problems.map(({ code }) => code).sort()).to.deep.equal([
      'BAD_NAME',
      'UNKNOWN_KEY',
      'UNKNOWN_NAME',
    ]);
    expect(problems.find(({ code }) => code === 'UNKNOWN_KEY')?.remedy).to.equal('did you mean "groups"?');
  });

  it('takes YAML as people write it: aliases, merged maps, tabs in JSON', async () => {
    const model = await readFiles({
      'api.yaml': documentOf({
        paths: `paths:
  /a: &item { get: &get ${operation('summary: A.,')} }
  /b: { get: { <<: *get, operationId: b } }
  /c: { <<: *item, put: { <<: [*get], operationId: c, summary: C. } }`,
      }),
    });
    const described = Object.entries(model.actions).map(
      ([name, { description }]) => `${name} ${description}`,
    );
    expect(described).to.deep.equal(['GET /a A.', 'GET /b A.', 'GET /c A.', 'PUT /c C.']);
    const json = documentOf({}).startsWith('openapi') && {
      openapi: '3.1.0',
      info: { title: 'Shop 😀', version: '1' },
      'x-authz': { namespace: 'Shop', principals: { User: { kinds: ['saasTenant'] } } },
    };
    const tabs = JSON.stringify({ ...json, paths: {} }, undefined, '\t');
    expect((await readFiles({ 'api.json': `\uFEFF${tabs}` })).actions).to.deep.equal({});
  });

  it('takes 3.1 documents without paths, and their webhooks for what they are', async () => {
    const model = await readParts({
      paths: `webhooks:\n  newOrder: { post: ${operation()} }`,
      components:
        'components: { schemas: { A: { $defs: { B: true }, $ref: "#/components/schemas/A/$defs/B" } } }',
    });
    expect(model.actions).to.deep.equal({});
    await readParts({ paths: '', components: 'components: {}' });
  });

  it('looks for references and words only where they mean something', async () => {
    const model = await readParts({
      paths: `paths:
  /a:
    get:
      x-other: { $ref: '#/nowhere', x-authz: 1 }
      responses:
        '200':
          description: fine
          content:
            application/json:
              schema: { type: object, default: { $ref: nowhere }, properties: { $ref: { type: string }, example: { type: integer } } }
              example: { $ref: '#/nowhere', x-authz: { public: true } }`,
    });
    expect(Object.keys(model.actions)).to.deep.equal(['GET /a']);
    await expectProblems('BAD_REFERENCE', {
      components: `components:\n  schemas:\n    A: { properties: { example: { $ref: ▸'#/nowhere' } } }`,
    });
  });

  it('follows references to the anchors of schemas, in a document of one file', async () => {
    const amount = '{ $anchor: amount, type: integer }';
    const order = `{ x-authz: { entity: true, attributes: [total] }, required: [total], properties: { total: { $ref: '#amount' } } }`;
    const model = await readParts({
      components: `components:\n  schemas:\n    Order: ${order}\n    Amount: ${amount}`,
    });
    expect(model.entityTypes['Order']?.attributes['total']).to.deep.equal({
      type: { kind: 'Long' },
      required: true,
    });
    await expectProblems('BAD_REFERENCE', {
      components: `components:\n  schemas:\n    A: { $ref: ▸'#amount' }\n    B: ${amount}\n    C: ${amount}`,
    });
    const several = await problemsOf({
      'api.yaml': documentOf({ components: `components:\n  schemas:\n    A: { $ref: 'b.yaml#amount' }` }),
      'b.yaml': `B: ${amount}`,
    });
    expect(several.map(({ code, message }) => `${code} ${message}`)).to.deep.equal([
      'BAD_REFERENCE "b.yaml#amount" names an anchor in a document of several files',
    ]);
  });

  it('refuses references that it cannot read', async () => {
    for (const reference of ['#/%zz', '#anchor', 'file:///etc/passwd', 'urn:x']) {
      await expectProblems('BAD_REFERENCE', {
        components: `components:\n  schemas:\n    A: { $ref: ▸'${reference}' }`,
      });
    }
  });

  it('ends with an error, not with the process, for what is made to exhaust it', async () => {
    const nested = `x: ${'['.repeat(50_000)}`;
    const bomb = Array.from(
      { length: 12 },
      (_, n) => `x-${n}: &a${n} [${`*a${n - 1},`.repeat(n === 0 ? 0 : 9)}1]`,
    ).join('\n');
    const chain = Array.from(
      { length: 1000 },
      (_, n) => `    A${n}: { $ref: '#/components/schemas/A${n + 1}' }`,
    ).join('\n');
    for (const text of [documentOf({ top: nested }), documentOf({ top: bomb })]) {
      const codes = (await problemsOf({ 'api.yaml': text })).map(({ code }) => code);
      expect(codes[0]).to.equal('BAD_DOCUMENT');
    }
    const components = `components:\n  schemas:\n${chain}\n    A1000: { type: string }`;
    await problemsOf({ 'api.yaml': documentOf({ components }) });
  });
});
