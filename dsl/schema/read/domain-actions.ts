import { type Action, ENDPOINT_TYPE } from '../../../cedar/model.ts';
import type { Entry, Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { contextOf } from './context.ts';
import { entriesOf, expectKeys, namesOf, textOf } from './fields.ts';
import { principalsOf } from './operations.ts';

/** No spaces: those are for `METHOD /path`. */
const ACTION_NAME = /^[A-Za-z][A-Za-z0-9._:-]{0,199}$/;

/** Actions that are no routes, declared at the top of the document. */
export function domainActions(api: Api, names: Names, top: Place): Record<string, Action> {
  const entries = entriesOf(top.get('actions'), api.report);
  return Object.fromEntries(entries.map((entry) => [entry.key, domainAction(api, names, entry)]));
}

function domainAction(api: Api, names: Names, { key: name, keySite, value: place }: Entry): Action {
  const { report } = api;
  if (!ACTION_NAME.test(name)) {
    report(
      keySite,
      'BAD_NAME',
      `"${name}" cannot be a domain action`,
      'use letters, digits and ._:-, at most 200',
    );
  }
  expectKeys(place, ['description', 'principals', 'resources', 'groups', 'context'], report);
  const list = place.get('resources');
  if (!list || list.items().length === 0) {
    report(
      keySite,
      'BAD_VALUE',
      `action "${name}" has no resources`,
      'add resources: the entity types it is about',
    );
  }
  const description = textOf(place.get('description'), report);
  return {
    groups: namesOf(place.get('groups'), names.actionGroups, 'action group', report),
    principals: principalsOf(api, names, place.get('principals')),
    resources: namesOf(list, new Set([...names.entityTypes, ENDPOINT_TYPE]), 'entity type', report),
    context: contextOf(api, names, place.get('context'), []),
    ...(description !== undefined && { description: description.trim() }),
  };
}
