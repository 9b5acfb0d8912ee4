import { expect } from 'chai';
import { actionAncestors, actionEntity } from '../../cedar/closure.ts';
import { MODEL, lib } from './fixture.ts';

describe('actionAncestors', () => {
  it('lists groups at any distance', () => {
    expect(actionAncestors(MODEL, 'GET /docs/{id}')).to.deep.equal(['anything', 'read']);
    expect(actionAncestors(MODEL, 'read')).to.deep.equal(['anything']);
    expect(actionAncestors(MODEL, 'ViewShareButton')).to.deep.equal([]);
    expect(actionAncestors(MODEL, 'no such action')).to.deep.equal([]);
  });

  it('ends where groups are in each other', () => {
    const circular = { ...MODEL, actionGroups: { read: { groups: ['write'] }, write: { groups: ['read'] } } };
    expect(actionAncestors(circular, 'GET /status')).to.deep.equal(['read', 'write']);
  });
});

describe('actionEntity', () => {
  it('carries all groups as parents', () => {
    expect(actionEntity(MODEL, lib('Action', 'POST /docs')).parents).to.deep.equal([
      lib('Action', 'anything'),
      lib('Action', 'write'),
    ]);
  });
});
