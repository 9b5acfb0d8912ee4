import { expect } from 'chai';
import { policyOf } from '../../../dsl/policy/policy-of.ts';
import { op, shop } from '../../types/shop.ts';
import { cedarOf, codesOf, loose } from './reading.ts';

const { permit, forbid, entity, group } = shop;

describe('the scope of a policy', () => {
  const head = (policy: { id(id: string): unknown }): string => cedarOf(policy.id('x'));

  it('is open where nothing is said', () => {
    expect(head(permit())).to.equal('permit (principal, action, resource);');
    expect(head(forbid())).to.equal('forbid (principal, action, resource);');
  });

  it('names one principal, whose id carries the tenant', () => {
    expect(head(permit().principal(entity('User', 'u')))).to.equal(
      'permit (principal == Shop::User::"acme|u", action, resource);',
    );
  });

  it('names one resource, whose id is the one that the API knows', () => {
    expect(head(permit().resource(entity('Order', '7')))).to.equal(
      'permit (principal, action, resource == Shop::Order::"7");',
    );
  });

  it('takes types, and what is below an ancestor', () => {
    expect(head(permit().principalIs('Robot').resourceIs('Order'))).to.equal(
      'permit (principal is Shop::Robot, action, resource is Shop::Order);',
    );
    expect(head(permit().principalIn(group('bots')).resourceIn(entity('Folder', 'f')))).to.equal(
      'permit (principal in Shop::Group::"acme|bots", action, resource in Shop::Folder::"f");',
    );
  });

  it('takes a type and an ancestor together, in any order', () => {
    const expected = 'permit (principal, action, resource is Shop::Order in Shop::Folder::"f");';
    expect(head(permit().resourceIs('Order').resourceIn(entity('Folder', 'f')))).to.equal(expected);
    expect(head(permit().resourceIn(entity('Folder', 'f')).resourceIs('Order'))).to.equal(expected);
  });

  it('narrows to the one principal type that a common group has', () => {
    expect(head(permit().principalInGroup('admins'))).to.equal(
      'permit (principal is Shop::User in Shop::Group::"acme|admins", action, resource);',
    );
    expect(head(permit().principalInGroup('staff'))).to.equal(
      'permit (principal in Shop::Group::"acme|staff", action, resource);',
    );
  });

  it('names actions by themselves, as a list or as a group', () => {
    expect(head(permit().action(op.postOrder))).to.include('action == Shop::Action::"POST /order"');
    expect(head(permit().actions(['POST /order', 'GET /order/{id}']))).to.include(
      'action in [Shop::Action::"POST /order", Shop::Action::"GET /order/{id}"]',
    );
    expect(head(permit().actionInGroup('customer:read'))).to.include(
      'action in Shop::Action::"customer:read"',
    );
  });

  it('may be set once', () => {
    // What the compiler refuses can still be written by a file that escapes it.
    const twice: object[] = [
      permit().principalInGroup('admins').principalInGroup(loose('admins')),
      permit().principal(entity('User', 'u')).principalIs(loose('User')),
      permit()
        .principalIs('User')
        .principal(loose(entity('User', 'u'))),
      permit().action('POST /order').action(loose('POST /order')),
      permit().actions(['POST /order']).actionInGroup(loose('customer:read')),
      permit().resourceIs('Order').resourceIs(loose('Order')),
      permit()
        .resourceIn(entity('Folder', 'f'))
        .resourceIn(loose(entity('Folder', 'g'))),
    ];
    for (const policy of twice) expect(codesOf(policy)).to.include('SCOPE_SET_TWICE');
  });

  it('knows its names at run time too', () => {
    expect(codesOf(permit().action(loose('POST /ordr')).id('x'))).to.deep.equal(['UNKNOWN_ACTION']);
    expect(
      codesOf(
        permit()
          .actions(loose(['POST /order', 'constructor']))
          .id('x'),
      ),
    ).to.deep.equal(['UNKNOWN_ACTION']);
    expect(codesOf(permit().actions(loose([])).id('x'))).to.deep.equal(['NO_ACTIONS']);
    expect(codesOf(permit().actionInGroup(loose('order:read')).id('x'))).to.deep.equal([
      'UNKNOWN_ACTION_GROUP',
    ]);
    expect(codesOf(permit().principalInGroup(loose('PAYEE')).id('x'))).to.deep.equal(['UNKNOWN_GROUP']);
    expect(codesOf(permit().principalIs(loose('Usr')).id('x'))).to.deep.equal(['UNKNOWN_ENTITY_TYPE']);
    expect(codesOf(permit().resource(loose('Order')).id('x'))).to.deep.equal(['NOT_AN_ENTITY']);
  });

  it('is collected mistake by mistake, so that all are shown at once', () => {
    const policy = permit()
      .action(loose('a'))
      .principalIs(loose('b'))
      .when(() => loose(true));
    expect(codesOf(policy)).to.deep.equal([
      'UNKNOWN_ACTION',
      'UNKNOWN_ENTITY_TYPE',
      'NOT_A_CONDITION',
      'NO_ID',
    ]);
  });
});

describe('a policy', () => {
  it('is never changed by what is made of it', () => {
    const base = permit().action('POST /order');
    const users = base.principalIs('User').id('users');
    const robots = base.principalInGroup('admins').id('admins');
    expect(cedarOf(users)).to.include('is Shop::User,');
    expect(cedarOf(robots)).to.include('admins');
    expect(cedarOf(base.id('all'))).to.equal(
      'permit (principal, action == Shop::Action::"POST /order", resource);',
    );
  });

  it('is frozen data in the end', () => {
    const policy = policyOf(
      permit()
        .when(({ principal }) => principal.department.eq('x'))
        .annotate('description', 'why')
        .id('x'),
    );
    const walk = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      expect(Object.isFrozen(part), JSON.stringify(part)).to.equal(true);
      Object.values(part).forEach(walk);
    };
    walk(policy);
  });

  it('needs an id that can stay', () => {
    expect(codesOf(permit())).to.deep.equal(['NO_ID']);
    expect(codesOf(permit().id('x').id('y'))).to.deep.equal(['ID_SET_TWICE']);
    for (const id of ['', 'Upper', '-x', 'a b', 'a_b', 'ä', 'x'.repeat(101), loose(7)]) {
      expect(codesOf(permit().id(id)), id).to.deep.equal(['BAD_ID']);
    }
    expect(codesOf(permit().id(`0${'x'.repeat(99)}`))).to.deep.equal([]);
  });

  it('prints its annotations, each of them once', () => {
    expect(cedarOf(permit().annotate('description', 'why "so"').id('x'))).to.match(
      /^@description\("why \\"so\\""\) permit/,
    );
    expect(codesOf(permit().annotate('a', '1').annotate('a', '2').id('x'))).to.deep.equal([
      'ANNOTATED_TWICE',
    ]);
    expect(codesOf(permit().annotate('id', 'y').id('x'))).to.deep.equal(['BAD_ANNOTATION']);
    expect(codesOf(permit().annotate('a b', 'y').id('x'))).to.deep.equal(['BAD_ANNOTATION']);
  });

  it('is nothing that one can make up', () => {
    expect(codesOf({ effect: 'permit', id: 'x' })).to.deep.equal(['NOT_A_POLICY']);
    expect(codesOf(undefined)).to.deep.equal(['NOT_A_POLICY']);
  });
});
