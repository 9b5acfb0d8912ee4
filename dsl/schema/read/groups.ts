import type { Model } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { isPlainName } from './attributes.ts';
import { entriesOf, expectKeys, namesOf, textOf } from './fields.ts';

/** What Cognito takes as the name of a group (CreateGroup, GroupName). */
const GROUP_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** Groups of principals that all tenants have. */
export function commonGroups(api: Api, names: Names, top: Place): Model['groups'] {
  const { report } = api;
  return Object.fromEntries(
    entriesOf(top.get('groups'), report).map(({ key: name, keySite, value: place }) => {
      if (!GROUP_NAME.test(name) || !isPlainName(name)) {
        report(
          keySite,
          'BAD_NAME',
          `"${name}" cannot be a group in Cognito`,
          'use at most 128 characters, no spaces',
        );
      }
      expectKeys(place, ['description', 'members'], report);
      const members = namesOf(place.get('members'), names.principalTypes, 'principal type', report);
      if (!place.get('members') || place.get('members')?.items().length === 0) {
        report(
          keySite,
          'BAD_VALUE',
          `group "${name}" can have no members`,
          'add members: the principal types',
        );
      }
      const description = textOf(place.get('description'), report);
      return [name, { members, ...(description !== undefined && { description: description.trim() }) }];
    }),
  );
}
