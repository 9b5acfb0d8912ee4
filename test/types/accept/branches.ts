import { shop } from '../shop.ts';
const { permit, ip, record, set, value, entity } = shop;
const user = permit().principalIs('User');

// `if` gives values of every type, and is where narrowing meets them
export const policies = [
  user
    .when(({ principal }) => {
      const old = principal.age.gt(60);
      return old
        .ifElse(principal.age, 0)
        .lt(99)
        .or(
          old.ifElse(0, principal.age).lt(5),
          old.ifElse('x', principal.department).eq('y'),
          old.ifElse(principal, principal.manager).age.gt(5),
          old.ifElse(principal.manager, entity('User', 'u')).department.eq('x'),
          old.ifElse(principal.tags, set(['a'])).contains('b'),
          old.ifElse(principal.tags, ['a']).contains('b'),
          old.ifElse(ip('::1'), ip('10.0.0.1')).isIpv4(),
          old.ifElse(record({ a: 1 }), { a: 2 }).a.eq(1),
          old.ifElse(value(true), principal.age.lt(3)),
          old.not().ifElse(old, value(false)),
        );
    })
    .id('every-type'),
  user
    .when(({ principal }) =>
      principal.nick
        .ifPresent((nick) => nick.like('a*'), value(false))
        .or(
          principal.nick.ifPresent((nick) => nick, principal.department).eq('x'),
          principal.house.ifPresent((house) => house.door, -1).gt(0),
          principal.ifHas('nick', (nick) => nick, 'none').ne('x'),
          principal.addr.ifHas('zip', (zip) => zip, principal.department).eq('1'),
        ),
    )
    .id('what-may-be-absent'),
  permit()
    .action('GET /order/{id}')
    .when(({ principal, resource }) =>
      principal
        .ifIs(
          'User',
          (person) => person.age.gt(17),
          (robot) => robot.owner.eq(resource.owner),
        )
        .and(
          principal.ifHas('age', (age) => age, 0).gte(0),
          principal
            .ifIs(
              'Robot',
              () => 'none',
              (person) => person.addr.city,
            )
            .ne('x'),
        ),
    )
    .id('by-type'),
  permit()
    .actions(['GET /order/{id}', 'POST /order'])
    .when(({ context }) => context.ifHas('depth', (depth) => depth, 0).lt(3))
    .id('of-some-contexts'),
];
