import { shop } from '../shop.ts';
const { permit } = shop;

// attributes of some alternatives, optional attributes, context, records
export const policies = [
  permit()
    .action('GET /order/{id}')
    .when(({ principal }) =>
      principal
        .has('age', (age) => age.gt(17))
        .or(
          principal.has('nick', (nick) => nick.like('a*')),
          principal.has('tags'),
        ),
    )
    .id('of-some-types'),
  permit()
    .actions(['GET /order/{id}', 'POST /order'])
    .when(({ context }) => context.has('mfa', (mfa) => mfa).or(context.has('depth', (depth) => depth.lt(3))))
    .id('of-some-contexts'),
  permit()
    .action('GET /order/{id}')
    .principalIs('User')
    .when(({ principal }) =>
      principal.nick
        .has((nick) => nick.eq('x'))
        .or(principal.nick.orElse('y').eq('y'), principal.nick.exists()),
    )
    .id('optional'),
  permit()
    .action('GET /order/{id}')
    .when(({ principal }) => principal.nick.has((nick) => nick.eq('x')))
    .id('optional-on-one-type'),
  permit()
    .principalIs('User')
    .action('GET /order/{id}')
    .when(({ principal }) =>
      principal.addr.zip
        .has((zip) => zip.eq('1'))
        .and(
          principal.addr.has('zip', (zip) => zip.like('1*')),
          principal.addr.city.eq('x'),
        ),
    )
    .id('record'),
];
