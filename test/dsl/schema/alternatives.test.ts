import { expect } from 'chai';
import { attributesOf, expectProblems, readParts, withAttributes } from './document.ts';

const text = { kind: 'String' } as const;
const long = { kind: 'Long' } as const;
const typesOf = async (...given: Parameters<typeof attributesOf>) =>
  (await attributesOf(...given)).map((attribute) => attribute?.type);

describe('schemas of several parts', () => {
  it('are one type where all alternatives are', async () => {
    const types = await typesOf([
      '{ oneOf: [{ type: string }, { enum: [A, B] }] }',
      '{ anyOf: [{ type: string, format: ipv4 }, { type: string, format: ipv6 }] }',
      '{ type: string, anyOf: [{ format: ipv4 }, { format: ipv6 }] }',
      '{ type: string, anyOf: [{ format: date-time }, { enum: [never] }] }',
      '{ type: string, oneOf: [{ enum: [A] }, { pattern: ^x }] }',
      '{ oneOf: [{ const: 1 }, { const: 2 }, { type: integer }] }',
      '{ type: array, items: { oneOf: [{ const: A }, { const: B }] } }',
    ]);
    const ip = { kind: 'ipaddr' };
    expect(types).to.deep.equal([text, ip, ip, text, text, long, { kind: 'Set', of: text }]);
  });

  it('are a record where all alternatives are objects; what not all require is optional', async () => {
    const circle =
      '{ type: object, required: [kind, r], properties: { kind: { const: circle }, r: { type: integer } } }';
    const square =
      '{ type: object, required: [kind], properties: { kind: { const: square }, side: { type: integer } } }';
    const record = {
      kind: 'Record',
      attributes: {
        kind: { type: text, required: true },
        r: { type: long, required: false },
        side: { type: long, required: false },
      },
    };
    const types = await typesOf(
      [
        `{ oneOf: [${circle}, ${square}] }`,
        `{ anyOf: [${square}, ${circle}], discriminator: { propertyName: kind } }`,
        `{ oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }] }`,
        `{ oneOf: [{ oneOf: [${circle}] }, ${square}] }`,
      ],
      { others: `    Circle: ${circle}\n    Square: ${square}` },
    );
    expect(types).to.deep.equal([record, record, record, record]);
  });

  it('take properties that stand beside the alternatives, and what those require', async () => {
    const [type] = await typesOf([
      '{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer }, c: {} }, oneOf: [{ required: [b] }, { required: [b, c], properties: { c: { const: x } } }], x-authz: { attributes: [a, b] } }',
    ]);
    expect(type).to.deep.equal({
      kind: 'Record',
      attributes: { a: { type: text, required: true }, b: { type: long, required: true } },
    });
  });

  it('end, even where a parent and its children refer to each other', async () => {
    const others = `    Pet:
      type: object
      required: [name]
      properties: { name: { type: string } }
      oneOf: [{ $ref: '#/components/schemas/Cat' }]
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { lives: { type: integer } } }] }`;
    const [type] = await typesOf([`{ $ref: '#/components/schemas/Pet' }`], { others });
    expect(type).to.deep.equal({
      kind: 'Record',
      attributes: { name: { type: text, required: true }, lives: { type: long, required: false } },
    });
  });

  it('may be attributes of an entity type that is one of several schemas', async () => {
    const model = await readParts({
      components: `components:
  schemas:
    Event:
      x-authz: { entity: true, attributes: [at, who] }
      oneOf:
        - { type: object, required: [at, who], properties: { at: { type: string, format: date-time }, who: { type: string } } }
        - { type: object, required: [at], properties: { at: { type: string, format: date-time } } }`,
    });
    expect(model.entityTypes['Event']?.attributes).to.deep.include({
      at: { type: { kind: 'datetime' }, required: true },
      who: { type: text, required: false },
    });
  });

  it('are optional where one of them allows null', async () => {
    const newer = await attributesOf([
      `{ oneOf: [{ type: string }, { type: [string, 'null'] }] }`,
      `{ anyOf: [{ oneOf: [{ type: string }, { const: null }] }, { const: x }] }`,
      `{ oneOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] }`,
      `{ type: [string, 'null'], x-authz: { entity: User } }`,
      `{ enum: [a, null] }`,
    ]);
    expect(newer.map((attribute) => attribute?.required)).to.deep.equal([false, false, false, false, false]);
  });

  it('are refused where alternatives or parts contradict each other', async () => {
    await expectProblems(
      'UNSUPPORTED_TYPE',
      withAttributes([
        '{ oneOf: ▸[{ type: string }, { type: object, properties: { a: { type: string } } }] }',
        '{ anyOf: ▸[{ type: string, format: date-time }, { const: never }] }',
        `{ oneOf: ▸[{ $ref: '#/components/schemas/Order' }, { type: string, x-authz: { entity: User } }] }`,
      ]),
    );
    await expectProblems(
      'CONFLICTING_TYPES',
      withAttributes([
        '{ allOf: [{ type: string }, { type: ▸integer }] }',
        '{ oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { a: ▸{ type: integer } } }] }',
      ]),
    );
    const extended = `{ allOf: [{ $ref: '#/components/schemas/Order' }, ▸{ type: object, properties: { a: { type: string } } }] }`;
    await expectProblems('UNSUPPORTED_TYPE', withAttributes([extended]));
  });

  it('say with allOf more of a reference to an entity', async () => {
    const order = `{ allOf: [{ $ref: '#/components/schemas/Order' }], nullable: true }`;
    expect(await attributesOf([order], { version: '3.0.3' })).to.deep.equal([
      { type: { kind: 'Entity', name: 'Order' }, required: false },
    ]);
  });

  it('leave out what the object around them says is not read', async () => {
    const node = `    Node: { type: object, required: [name], x-authz: { attributes: [name] }, additionalProperties: true, properties: { name: { type: string }, next: { $ref: '#/components/schemas/Node' }, odd: {} } }`;
    const [type] = await typesOf([`{ $ref: '#/components/schemas/Node' }`], { others: node });
    expect(type).to.deep.equal({ kind: 'Record', attributes: { name: { type: text, required: true } } });
    await expectProblems(
      'UNKNOWN_NAME',
      withAttributes([
        '{ type: object, x-authz: { attributes: [▸nam] }, properties: { name: { type: string } } }',
      ]),
    );
  });

  it('have attributes to choose from only if they are objects', async () => {
    await expectProblems(
      'BAD_VALUE',
      withAttributes(['{ type: array, items: { type: string }, x-authz: { attributes: ▸[a] } }']),
    );
    await expectProblems(
      'UNKNOWN_KEY',
      withAttributes(['{ type: string, x-authz: { entity: User, ▸attributes: [a] } }']),
    );
  });

  it('are never open: maps, tuples and conditions are refused', async () => {
    const open = (keyword: string): string =>
      `{ type: object, properties: { a: { type: string } }, ${keyword} }`;
    await expectProblems(
      'UNSUPPORTED_TYPE',
      withAttributes([
        open('additionalProperties: ▸true'),
        open('patternProperties: ▸{ ^x: { type: string } }'),
        open('unevaluatedProperties: ▸{ type: string }'),
        open('if: ▸{ required: [a] }'),
        open('dependentSchemas: ▸{ a: { required: [a] } }'),
        '{ type: array, prefixItems: ▸[{ type: string }], items: { type: string } }',
      ]),
    );
    expect(await typesOf([open('additionalProperties: false')])).to.have.lengthOf(1);
  });

  it('have names in them that policies can reach', async () => {
    for (const name of ['then', '__proto__', '__entity', '__extn', "''"]) {
      const schema = `{ type: object, properties: { ${name}: ▸{ type: string } } }`;
      await expectProblems('BAD_NAME', withAttributes([schema]));
    }
  });
});

describe('what stands beside a $ref', () => {
  const others = `    Amount: { type: integer, description: Cents. }`;

  it('holds in 3.1', async () => {
    const schema = `{ $ref: '#/components/schemas/Amount', description: Euros., type: [integer, 'null'] }`;
    expect(await attributesOf([schema], { others })).to.deep.equal([
      { type: long, required: false, description: 'Euros.' },
    ]);
  });

  it('is ignored in 3.0, which is said', async () => {
    const schema = `{ $ref: '#/components/schemas/Amount', ▸nullable: true }`;
    await expectProblems('IGNORED_KEYWORD', { version: '3.0.3', ...withAttributes([schema], others) });
  });
});
