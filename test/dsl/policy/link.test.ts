import { expect } from 'chai';
import { shop } from '../../types/shop.ts';
import { BuilderError } from '../../../dsl/policy/builder-error.ts';
import { cedarOf, codesOf, loose } from './reading.ts';

const { permit, entity, group, link } = shop;

describe('a template', () => {
  const readers = permit()
    .principalSlot()
    .action('GET /customer/{id}')
    .resourceInSlot()
    .when(({ principal }) => principal.department.eq('x'))
    .id('readers');

  it('becomes a policy with its own id by being linked', () => {
    const linked = link(readers, 'reader-u', {
      principal: entity('User', 'u'),
      resource: entity('Folder', 'f'),
    });
    expect(cedarOf(linked)).to.equal(
      'permit (principal == Shop::User::"acme|u", action == Shop::Action::"GET /customer/{id}", ' +
        'resource in Shop::Folder::"f") when { principal.department == "x" };',
    );
  });

  it('keeps a type beside its slot', () => {
    const robots = permit().principalIs('Robot').principalInSlot();
    expect(cedarOf(link(robots, 'x', { principal: group('bots') }))).to.include(
      'principal is Shop::Robot in Shop::Group::"acme|bots"',
    );
  });

  it('is no policy by itself', () => {
    expect(codesOf(readers)).to.deep.equal(['OPEN_SLOT', 'OPEN_SLOT']);
  });

  it('wants one entity for each slot and no other', () => {
    const fill = (values: object) => codesOf(link(readers, 'x', loose(values)));
    expect(fill({ principal: entity('User', 'u') })).to.deep.equal(['OPEN_SLOT']);
    expect(fill({ principal: 'u', resource: entity('Folder', 'f') })).to.deep.equal(['NOT_AN_ENTITY']);
    const user = { principal: entity('User', 'u') };
    expect(codesOf(link(permit(), 'x', loose(user)))).to.deep.equal(['UNKNOWN_SLOT']);
    expect(codesOf(link(permit().principalSlot(), 'No', user))).to.deep.equal(['BAD_ID']);
    expect(() => link(loose({}), 'x', loose(user))).to.throw(BuilderError, 'NOT_A_POLICY');
  });
});
