import { shop } from '../shop.ts';
const { permit, forbid, entity, group, set, value } = shop;

export const policies = [
  permit()
    .action('GET /order/{id}')
    .when(({ principal, resource }) =>
      // of several types and of one of them: they may be the same
      principal.eq(resource.owner).or(
        resource.owner.eq(principal),
        resource.owner.ne(entity('User', 'u')),
        entity('User', 'u').eq(resource.owner),
        entity('User', 'u').manager.age.lt(entity('User', 'v').age),
        principal.in(group('staff')),
        principal.isIn('User', group('admins')),
        principal.isIn('User', [group('admins'), group('staff')], (person) => person.age.gt(3)),
        resource.isIn('Order', entity('Folder', 'f')),
        resource.is('Order'),
        resource.in(entity('Order', 'o')),
        resource.in([entity('Folder', 'f')]),
        entity('Folder', 'f').in(entity('Folder', 'g')),
      ),
    )
    .id('tests'),
  permit()
    .principalIs('User')
    .action('GET /order/{id}')
    .when(({ principal, resource }) =>
      resource
        .in(principal.folders)
        .or(
          resource.in(set([entity('Folder', 'f'), entity('Folder', 'g')])),
          resource.isIn('Order', principal.folders),
          principal.friends.containsAll([principal, principal.manager]),
          principal.friends.containsAny(principal.manager.friends),
          principal.friends.eq([principal]),
          principal.friends.ne(set([principal, entity('User', 'u')])),
          set([entity('User', 'u'), principal]).contains(resource.owner),
          set([set([1]), set([2, 3])]).contains([principal.age]),
          set([ip10(), ip10()]).contains(ip10()),
        ),
    )
    .id('sets'),
  permit()
    .principalIs('User')
    .when(({ principal }) =>
      value('sales')
        .eq(principal.department)
        .and(
          value(18).lte(principal.age),
          value(9007199254740993n).gt(principal.age),
          value('abc').like('a*'),
          value(true),
          value(false).not(),
        ),
    )
    .id('literals-on-the-left'),
  forbid()
    .unless(() => value(false))
    .id('constant'),
];

function ip10() {
  return shop.ip('10.0.0.0/8');
}
