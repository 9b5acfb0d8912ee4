import { expect } from 'chai';
import { attributesOf, expectProblems, readParts, withAttributes } from './document.ts';

const principal = (text: string): { readonly top: string } => ({
  top: `x-authz:\n  namespace: Shop\n  principals:\n    User:\n      kinds: [saasTenant]\n${text}`,
});

describe('attributes of entity types', () => {
  it('have the Cedar type of their schema', async () => {
    const types: [schema: string, type: object][] = [
      ['{ type: string }', { kind: 'String' }],
      ['{ type: string, format: uuid }', { kind: 'String' }],
      ['{ type: string, format: date-time }', { kind: 'datetime' }],
      ['{ type: string, format: date }', { kind: 'datetime' }],
      ['{ type: string, format: duration }', { kind: 'String' }],
      ['{ type: string, format: int64 }', { kind: 'String' }],
      ['{ type: integer, format: int32 }', { kind: 'Long' }],
      ['{ type: number, multipleOf: 1 }', { kind: 'Long' }],
      ['{ type: integer, enum: [1, 2] }', { kind: 'Long' }],
      ['{ type: string, format: decimal }', { kind: 'decimal' }],
      ['{ type: number, format: decimal }', { kind: 'decimal' }],
      ['{ type: string, format: ipv4 }', { kind: 'ipaddr' }],
      ['{ type: string, format: ipv6 }', { kind: 'ipaddr' }],
      ['{ type: integer, format: int64 }', { kind: 'Long' }],
      ['{ type: boolean }', { kind: 'Bool' }],
      ['{ enum: [A, B] }', { kind: 'String' }],
      ['{ const: 7 }', { kind: 'Long' }],
      ['{ type: array, items: { type: string } }', { kind: 'Set', of: { kind: 'String' } }],
    ];
    const attributes = await attributesOf(types.map(([schema]) => schema));
    expect(attributes).to.deep.equal(types.map(([, type]) => ({ type, required: true })));
  });

  it('are required only where the schema requires them and does not allow null', async () => {
    const newer = await attributesOf([
      `{ type: [string, 'null'] }`,
      `{ oneOf: [{ type: string }, { type: 'null' }] }`,
      `{ anyOf: [{ type: 'null' }, { type: string }] }`,
    ]);
    const maybe = `    Maybe: { type: string, nullable: true }`;
    const older = await attributesOf(
      [
        '{ type: string, nullable: true }',
        `{ $ref: '#/components/schemas/Maybe' }`,
        `{ allOf: [{ $ref: '#/components/schemas/Maybe' }] }`,
      ],
      { version: '3.0.3', others: maybe },
    );
    const optional = { type: { kind: 'String' }, required: false };
    expect([...newer, ...older]).to.deep.equal(Array.from({ length: 6 }, () => optional));
  });

  it('keep the optional properties of a record optional', async () => {
    const [attribute] = await attributesOf([
      '{ type: object, required: [x], properties: { x: { type: string }, y: { type: integer } } }',
    ]);
    expect(attribute?.type).to.deep.equal({
      kind: 'Record',
      attributes: {
        x: { type: { kind: 'String' }, required: true },
        y: { type: { kind: 'Long' }, required: false },
      },
    });
  });

  it('refer to entities by id, or by a schema that is one', async () => {
    const others = `    Shelf: { type: object, x-authz: { entity: true }, properties: {} }`;
    const attributes = await attributesOf(
      [
        '{ type: string, x-authz: { entity: Shelf } }',
        `{ $ref: '#/components/schemas/Shelf' }`,
        '{ type: string, x-authz: { entity: User } }',
        '{ type: array, items: { type: string, x-authz: { entity: User } } }',
      ],
      { others },
    );
    const [shelf, user] = ['Shelf', 'User'].map((name) => ({ kind: 'Entity', name }));
    expect(attributes.map((attribute) => attribute?.type)).to.deep.equal([
      shelf,
      shelf,
      user,
      { kind: 'Set', of: user },
    ]);
    await expectProblems('UNKNOWN_NAME', withAttributes(['{ type: string, x-authz: { entity: ▸Rack } }']));
  });

  it('may be written beside a reference, description and log included', async () => {
    const others = `    Amount: { type: integer, description: Cents. }`;
    const schema = `{ $ref: '#/components/schemas/Amount', x-authz: { log: true } }`;
    expect(await attributesOf([schema], { others })).to.deep.equal([
      { type: { kind: 'Long' }, required: true, log: true, description: 'Cents.' },
    ]);
  });

  it('come from all parts of allOf, which may describe one together', async () => {
    const components = (property: string): { readonly components: string } => ({
      components: `components:
  schemas:
    Base: { type: object, required: [id], properties: { id: { type: string } } }
    Order:
      x-authz: { entity: true, attributes: [id] }
      allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { id: ${property} } }]
`,
    });
    for (const property of ['{ minLength: 3 }', '{ type: string, nullable: false }', '{ enum: [A, B] }']) {
      const model = await readParts({ version: '3.0.3', ...components(property) });
      expect(model.entityTypes['Order']?.attributes['id'], property).to.deep.equal({
        type: { kind: 'String' },
        required: true,
      });
    }
    const [text] = await expectProblems('CONFLICTING_TYPES', components('{ type: ▸integer }'));
    expect(text).to.match(/^this is integer here, and string in another part/);
  });

  it('are refused where Cedar has no such type', async () => {
    await expectProblems(
      'UNSUPPORTED_TYPE',
      withAttributes([
        '{ type: ▸number }',
        '▸{ description: anything }',
        '{ type: array, items: { type: ▸number } }',
        '▸{ type: array }',
        `{ type: array, items: ▸{ type: [string, 'null'] } }`,
        '{ type: array, items: { type: string, x-authz: { log: ▸true } } }',
        '{ type: object, additionalProperties: ▸{ type: string }, properties: { x: { type: string } } }',
        "{ $dynamicRef: ▸'#node' }",
        "{ type: object, $dynamicRef: ▸'#node', properties: { x: { type: string } } }",
        '▸{ type: object }',
        '{ type: ▸[string, integer] }',
        '{ oneOf: ▸[{ type: string }, { type: integer }] }',
        '▸{ enum: [A, 1] }',
      ]),
    );
  });

  it('are refused where the schema contains itself', async () => {
    const node = `    Node: ▸{ type: object, properties: { next: { $ref: '#/components/schemas/Node' } } }`;
    await expectProblems('UNSUPPORTED_TYPE', withAttributes([`{ $ref: '#/components/schemas/Node' }`], node));
  });

  it('are refused under names that policies cannot reach or only the pipeline sets', async () => {
    const named = (name: string): { readonly components: string } => ({
      components: `components:\n  schemas:\n    Order: { type: object, x-authz: { entity: true, attributes: [▸${name}] }, properties: { ${name}: { type: string } } }`,
    });
    await expectProblems('BAD_NAME', named('then'));
    await expectProblems('BAD_NAME', named('__proto__'));
    await expectProblems('RESERVED_ATTRIBUTE', named('tenant'));
  });

  it('may have the names of operators', async () => {
    const model = await readParts({
      components: `components:\n  schemas:\n    Order: { type: object, x-authz: { entity: true, attributes: [in, has] }, properties: { in: { type: string }, has: { type: string } } }`,
    });
    expect(model.entityTypes['Order']?.attributes).to.include.keys('in', 'has');
  });

  it('include the tenant, unless the type is shared', async () => {
    const of = (tenancy: string) =>
      readParts({
        components: `components:\n  schemas:\n    Order: { type: object, x-authz: { entity: true${tenancy} }, properties: {} }`,
      });
    expect((await of('')).entityTypes['Order']?.attributes).to.deep.equal({
      tenant: { type: { kind: 'String' }, required: true },
    });
    const shared = (await of(', tenancy: shared')).entityTypes['Order'];
    expect(shared).to.include({ tenancy: 'shared' });
    expect(shared?.attributes).to.deep.equal({});
  });
});

describe('tags', () => {
  it('have values of one type, on entity and principal types', async () => {
    const model = await readParts({
      ...principal('      tags: { type: array, items: { type: string } }'),
      components: `components: { schemas: { Order: { type: object, x-authz: { entity: true, tags: { $ref: '#/components/schemas/Level' } } }, Level: { type: integer } } }`,
    });
    expect(model.entityTypes['Order']?.tags).to.deep.equal({ kind: 'Long' });
    expect(model.principalTypes['User']?.tags).to.deep.equal({ kind: 'Set', of: { kind: 'String' } });
    expect(model.entityTypes['Endpoint']).to.not.have.property('tags');
  });

  it('are refused where they are no schema, or one that Cedar has no type for', async () => {
    const order = (tags: string): { readonly components: string } => ({
      components: `components: { schemas: { Order: { type: object, x-authz: { entity: true, tags: ${tags} } } } }`,
    });
    await expectProblems('BAD_VALUE', order('▸string'));
    await expectProblems('UNSUPPORTED_TYPE', order('{ type: ▸number }'));
  });
});

describe('attributes of principal types', () => {
  it('come from claims; the reserved ones are added', async () => {
    const model = await readParts(
      principal(`      required: [role]
      properties:
        role: { type: string, default: NONE, log: true }
        limit: { type: integer, claim: pay_limit }
        tags: { type: array, items: { type: string } }`),
    );
    expect(model.principalTypes['User']?.attributes).to.deep.equal({
      kind: { type: { kind: 'String' }, required: true, from: { source: 'kind' } },
      limit: { type: { kind: 'Long' }, required: false, from: { source: 'claim', claim: 'pay_limit' } },
      role: {
        type: { kind: 'String' },
        required: true,
        from: { source: 'claim', claim: 'role' },
        default: 'NONE',
        log: true,
      },
      suspended: {
        type: { kind: 'Bool' },
        required: true,
        from: { source: 'claim', claim: 'suspended' },
        default: false,
      },
      tags: {
        type: { kind: 'Set', of: { kind: 'String' } },
        required: false,
        from: { source: 'claim', claim: 'tags' },
      },
      tenant: { type: { kind: 'String' }, required: true, from: { source: 'tenant' } },
    });
  });

  it('are never reserved ones, and never from claims that mean something already', async () => {
    await expectProblems(
      'RESERVED_ATTRIBUTE',
      principal(`      properties:
        ▸tenant: { type: string }
        ▸kind: { type: string }
        ▸suspended: { type: boolean }`),
    );
    const claims = ['sub', 'tenant_id', 'suspended', 'client_id', 'cognito:groups'];
    const properties = claims.map(
      (claim, index) => `        a${index}: { type: string, claim: ▸'${claim}' }`,
    );
    await expectProblems('RESERVED_CLAIM', principal(`      properties:\n${properties.join('\n')}`));
    const twice = `      properties: { a: { type: string }, b: { type: string, claim: ▸a } }`;
    await expectProblems('BAD_VALUE', principal(twice));
  });

  it('have types and defaults that a claim can hold', async () => {
    await expectProblems(
      'UNSUPPORTED_TYPE',
      principal(`      properties: { a: ▸{ type: string, format: date-time } }`),
    );
    await expectProblems(
      'BAD_VALUE',
      principal(`      required: [b, c, d]
      properties:
        a: { type: string, default: ▸x }
        b: { type: string, default: ▸1 }
        c: { type: integer, default: ▸1.5 }
        d: { type: array, items: { type: string }, default: ▸[x] }`),
    );
  });
});
