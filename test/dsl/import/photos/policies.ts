// Photos of a family: who may see and change what.
// Written by hand over the years.

// --- Photos ---

import { datetime, entity, forbid, ip, permit, value, type Policies } from './schema.ts';

// A template, to be linked for one photo at a time.
export const share = permit()
  .principalSlot()
  .action('view')
  .resourceInSlot()
  .when(({ context }) => context.sourceIp.has((sourceIp) => sourceIp.isInRange(ip('10.0.0.0/8'))))
  .id('share');

export const photoPolicies: Policies = [
  // Owners do with their photos what they like.
  permit()
    .principalIs('User')
    // all there is
    .actions(['view', 'edit', 'delete'])
    .resourceIs('Photo')
    .when(({ principal, resource }) =>
      // theirs alone
      resource.owner.eq(principal),
    )
    .annotate('description', 'The owner\'s "everything"')
    .annotate('reviewed')
    .id('owners-do-everything'),

  // Cedar: @id("Friends View")
  permit()
    .action('view')
    .resourceIs('Photo')
    .when(({ principal, resource }) =>
      // friends
      principal.in(resource.owner.friends).and(
        // but not strangers' screenshots
        resource.name.like('*.screenshot\\*').not(),
        resource.takenAt.has((takenAt) => takenAt.lt(datetime('2030-01-01'))),
      ),
    )
    .unless(({ resource, context }) => resource.tags.contains('private').or(context.device.eq('kiosk')))
    .id('friends-view'),
];

export const generalPolicies: Policies = [
  // Cedar lets one clause test what another reads.
  forbid()
    .action('edit')
    .when(({ principal }) => principal.nick.has((nick) => nick.eq('guest')))
    .id('nicknames'),

  forbid()
    .action('edit')
    .when(({ principal }) => principal.nick.exists())
    .unless(({ principal }) => principal.nick.guarded().like('family-*'))
    .id('nicknames-twice'),

  // --- Albums ---

  permit()
    .principalIn(entity('Group', 'family'))
    .actionInGroup('read')
    .resourceIn(entity('Album', 'holidays'))
    .when(({ resource }) =>
      resource
        .is('Photo', (photo) => photo.size.lte(9007199254740993n))
        .or(resource.is('Album', (album) => album.shared)),
    )
    .id('album-readers'),

  permit()
    .action('delete')
    .when(({ resource }) =>
      resource.ifIs(
        'Photo',
        (photo) => photo.size.gt(0),
        (album) => album.shared,
      ),
    )
    .id('policy7'),
];

export const albumPolicies: Policies = [
  permit()
    .principalIs('User')
    .principalIn(entity('Group', 'adults'))
    .resource(entity('Album', 'wine'))
    .when(({ principal }) => principal.age.orElse(0).gte(18))
    .when(({ principal }) => value(5).lt(principal.level.times(2).minus(1)))
    .when(({ principal }) => principal.tag('card', (card) => card.ne('expired')))
    .id('adults'),
];

export const policies: Policies = [...photoPolicies, ...generalPolicies, ...albumPolicies];

// the end
