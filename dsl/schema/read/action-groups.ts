import { LIMITS } from '../../../cedar/limits.ts';
import type { Action, Model } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { isPlainName } from './attributes.ts';
import { entriesOf, expectKeys, namesOf, textOf } from './fields.ts';

/** The action groups that the document declares at its top. */
export function actionGroups(api: Api, names: Names, top: Place): Model['actionGroups'] {
  const { report } = api;
  return Object.fromEntries(
    entriesOf(top.get('actionGroups'), report).map(({ key: name, keySite, value: place }) => {
      if (!isPlainName(name) || name.length > LIMITS.actionIdLength) {
        const message = `an action group cannot be called ${JSON.stringify(name)}`;
        report(keySite, 'BAD_NAME', message, 'choose another name');
      }
      expectKeys(place, ['description', 'groups'], report);
      textOf(place.get('description'), report);
      const groups = namesOf(place.get('groups'), names.actionGroups, 'action group', report);
      return [name, { groups }];
    }),
  );
}

/** Reports groups that contain themselves, that no action is in, or that have an action's name. */
export function checkActionGroups(
  { report }: Api,
  top: Place,
  groups: Model['actionGroups'],
  actions: Readonly<Record<string, Action>>,
): void {
  const used = new Set<string>();
  for (const action of Object.values(actions)) {
    for (const group of action.groups) [group, ...ancestors(groups, group)].forEach((name) => used.add(name));
  }
  for (const { key: name, keySite } of top.get('actionGroups')?.entries() ?? []) {
    if (ancestors(groups, name).has(name)) {
      report(
        keySite,
        'GROUP_CYCLE',
        `action group "${name}" is in itself`,
        'take it out of one of its groups',
      );
    } else if (!used.has(name)) {
      const message = `no operation and no action is in group "${name}"`;
      report(keySite, 'EMPTY_GROUP', message, 'put one in with groups: […], or leave the group out');
    }
    if (Object.hasOwn(actions, name)) {
      report(keySite, 'NAME_CLASH', `"${name}" is an action and an action group`, 'rename one of the two');
    }
  }
}

/** All groups that a group is in, directly or not. */
function ancestors(groups: Model['actionGroups'], name: string, found = new Set<string>()): Set<string> {
  for (const group of groups[name]?.groups ?? []) {
    if (found.has(group)) continue;
    found.add(group);
    ancestors(groups, group, found);
  }
  return found;
}
