import { shop } from '../shop.ts';
const { permit, ip, decimal, datetime, duration, set, entity } = shop;

const limit: number = 7;

export const policies = [
  permit()
    .action('GET /order/{id}')
    .when(({ resource }) =>
      resource.total
        .gt(5)
        .and(
          resource.total.lt(9007199254740993n),
          resource.total.eq(limit),
          resource.total.ne(-3),
          resource.total.lte(resource.total.plus(1n).minus(2).times(3).negate()),
        ),
    )
    .id('long'),
  permit()
    .principalIs('User')
    .when(({ principal }) =>
      principal.department
        .like('a\\*b*\\\\')
        .or(
          principal.tags.contains('x'),
          principal.tags.containsAll(['x', 'y']),
          principal.tags.containsAny(principal.manager.tags),
          principal.tags.isEmpty(),
          principal.tags.eq(['x']),
          set(['a', 'b']).contains(principal.department),
          set([1, 2]).contains(principal.age),
          set([principal.age, 2, 3n]).contains(1),
          set(['a', principal.department]).contains('b'),
          set([principal.manager, entity('User', 'u')]).contains(principal),
          principal.friends.contains(principal.manager),
          principal.friends.contains(entity('User', 'u')),
        ),
    )
    .id('string-and-set'),
  permit()
    .action('POST /order')
    .when(({ context }) =>
      context.ip
        .isInRange(ip('10.0.0.0/8'))
        .or(
          context.ip.isIpv4(),
          context.ip.isIpv6(),
          context.ip.isLoopback(),
          context.ip.isMulticast(),
          context.ip.eq(ip('::1')),
          context.ip.ne(ip('10.0.0.1')),
        ),
    )
    .id('ip'),
  permit()
    .action('GET /order/{id}')
    .when(({ resource }) =>
      resource.rate
        .lessThan(decimal('0.05'))
        .or(
          resource.rate.lessThanOrEqual(decimal('1.0')),
          resource.rate.greaterThan(resource.rate),
          resource.rate.greaterThanOrEqual(decimal('-2.5')),
          resource.rate.eq(decimal('3.0')),
        ),
    )
    .id('decimal'),
  permit()
    .action('GET /customer/{id}')
    .when(({ resource }) =>
      resource.since
        .gte(datetime('2026-01-31'))
        .or(
          resource.since.offset(duration('1d12h')).lt(datetime('2026-01-31T08:00:00Z')),
          resource.since.durationSince(resource.since.toDate()).eq(resource.since.toTime()),
          resource.since.toTime().toHours().gt(8),
          resource.since.toTime().toDays().eq(resource.since.toTime().toMinutes()),
          resource.since.toTime().toSeconds().lt(resource.since.toTime().toMilliseconds()),
        ),
    )
    .id('datetime-and-duration'),
  // an attribute whose name an operator has
  permit()
    .action('GET /customer/{id}')
    .when(({ resource }) => resource.offset.gt(5).and(resource.attr('in').eq('x')))
    .id('names-of-operators'),
];
