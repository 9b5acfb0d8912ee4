import { expect } from 'chai';
import type { Model } from '../../../cedar/model.ts';
import { extensionProblems } from '../../../dsl/check/extension.ts';
import { tenantFromPlain } from '../../../dsl/check/plain-tenant.ts';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { extensionOf } from '../../../dsl/tenants/extension.ts';
import type { SchemaExtension } from '../../../dsl/tenants/tenant.ts';
import { model } from '../../types/model.ts';

const at = { file: 'tenants/acme.ts', line: 1, column: 1 };
const messages = (extension: SchemaExtension, of: Model = model): string[] =>
  extensionProblems(extension, of, at).map(({ message }) => message);

const office = extensionOf({
  User: {
    office: {
      type: {
        type: 'Record',
        attributes: { city: 'String', head: { type: { type: 'Entity', name: 'User' }, optional: true } },
      },
      optional: true,
    },
    badges: { type: 'Set', of: { type: 'Record', attributes: { door: 'String' } } },
  },
});

describe('attributes that a tenant adds', () => {
  it('may be records and sets of anything', () => {
    expect(messages(office)).to.deep.equal([]);
    const [namespace] = Object.values(cedarSchema(model, office));
    expect(namespace?.entityTypes['User']?.shape?.attributes).to.deep.include({
      office: {
        type: 'Record',
        attributes: {
          city: { type: 'String' },
          head: { type: 'Entity', name: 'User', required: false },
        },
        required: false,
      },
      badges: {
        type: 'Set',
        element: { type: 'Record', attributes: { door: { type: 'String' } } },
      },
    });
  });

  it('come back whole from where the file ran, and nothing else does', () => {
    const plain = {
      kind: 'saasTenant',
      slug: 'acme',
      groups: [],
      attributes: office,
      policies: [],
      users: { ann: { attributes: { office: { city: 'Bern' }, badges: [{ door: 'a' }] } } },
      tokenUse: 'access',
      decisionMode: 'embedded',
      tokenTtlSeconds: 1,
      dataTenants: ['acme'],
    };
    const read = tenantFromPlain(JSON.parse(JSON.stringify(plain)));
    expect(read.attributes).to.deep.equal(office);
    expect(read.users).to.deep.equal(plain.users);
    const hostile = JSON.stringify(plain).replace('"door"', '"do\\nor"');
    expect(() => tenantFromPlain(JSON.parse(hostile))).to.throw('attribute name');
  });

  it('name entity types of the API, inside records too', () => {
    const deep = extensionOf({
      User: { x: { type: 'Record', attributes: { a: { type: 'Entity', name: 'Usr' } } } },
    });
    expect(messages(deep)).to.deep.equal(['"Usr" is no entity type of the API']);
  });

  it('take no claim that the API reads for another attribute', () => {
    const { User } = model.principalTypes;
    const from = { source: 'claim', claim: 'ext_center' } as const;
    const own = { type: { kind: 'String' }, required: false, from } as const;
    const claiming: Model = {
      ...model,
      principalTypes: {
        ...model.principalTypes,
        User: { ...User!, attributes: { ...User!.attributes, own } },
      },
    };
    const center = { User: { center: { type: { kind: 'String' }, required: true } } } as const;
    expect(messages(center)).to.deep.equal([]);
    expect(messages(center, claiming)).to.deep.equal(['the claim "ext_center" of "User" is the API\'s own']);
  });
});
