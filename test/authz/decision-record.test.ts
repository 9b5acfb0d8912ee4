import { expect } from 'chai';
import { decisionRecord, keepingRecords, type DecisionRecord } from '../../authz/decision-record.ts';
import type { Answer, Question } from '../../authz/decide/decider.ts';
import type { Model } from '../../cedar/model.ts';
import { model as library } from './fixture.ts';

/** The library, with a role and a shelf that may be recorded, and a level and a price that may not. */
const reader = library.principalTypes['Reader']!;
const book = library.entityTypes['Book']!;
const model: Model = {
  ...library,
  principalTypes: {
    Reader: {
      ...reader,
      attributes: { ...reader.attributes, role: { ...reader.attributes['role']!, log: true } },
    },
  },
  entityTypes: {
    ...library.entityTypes,
    Book: {
      ...book,
      attributes: {
        ...book.attributes,
        shelf: { type: { kind: 'String' }, required: true, log: true },
        price: { type: { kind: 'Long' }, required: true },
      },
    },
  },
};

const uid = (type: string, id: string) => ({ type: `Library::${type}`, id });
const question: Question = {
  slug: 'acme',
  policyStoreId: 'store',
  principal: uid('Reader', 'acme|anna'),
  action: uid('Action', 'PUT /books/{id}'),
  resource: uid('Book', '42'),
  context: { urgent: true },
  entities: [
    {
      uid: uid('Reader', 'acme|anna'),
      attrs: { tenant: 'acme', kind: 'saasTenant', suspended: false, role: 'EDITOR', level: 7 },
      parents: [uid('Group', 'acme|STAFF')],
    },
    { uid: uid('Group', 'acme|STAFF'), attrs: {}, parents: [] },
    { uid: uid('Book', '42'), attrs: { tenant: 'acme', shelf: 'A', price: 900 }, parents: [] },
  ],
};

describe('a decision record', () => {
  it('has what may be kept: logged and reserved attributes, groups and context, and nothing else', () => {
    const decided = { decisionId: 'd1', phase: 'gateway', decision: 'allow' } as const;
    expect(decisionRecord(model, question, decided)).to.deep.equal({
      ...decided,
      tenant: 'acme',
      action: 'PUT /books/{id}',
      principal: {
        type: 'Reader',
        id: 'acme|anna',
        attributes: { tenant: 'acme', kind: 'saasTenant', suspended: false, role: 'EDITOR' },
        groups: ['acme|STAFF'],
      },
      resource: { type: 'Book', id: '42', attributes: { tenant: 'acme', shelf: 'A' } },
      context: { urgent: true },
    });
  });

  it('keeps what a backend decided, an error as the deny that it is', async () => {
    const kept: DecisionRecord[] = [];
    let answer: Answer = { decision: 'allow', determining: ['p'], errors: [] };
    const decider = keepingRecords({ decide: () => Promise.resolve(answer) }, model, (record) =>
      kept.push(record),
    );
    expect(await decider.decide(question)).to.equal(answer);
    answer = { ...answer, errors: ['p'] };
    await decider.decide(question);
    expect(kept.map(({ phase, decision }) => [phase, decision])).to.deep.equal([
      ['backend', 'allow'],
      ['backend', 'deny'],
    ]);
  });
});
