import type { Site } from '../../../cedar/ast.ts';
import type { Action, Model } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { domainActions } from './domain-actions.ts';
import { checkOpNames } from './op-names.ts';
import { type Operation, operationsOf } from './operations.ts';
import { checkPaths, type PathTemplate } from './path-faults.ts';

/** All that the API is about: operations and domain actions, by name, and what needs no permission. */
export function allActions(
  api: Api,
  names: Names,
  top: Place,
): Pick<Model, 'actions' | 'publicRoutes'> & { readonly sites: ReadonlyMap<string, Site> } {
  const operations = operationsOf(api, names);
  checkPaths(templatesOf(operations), api.report);
  const sites = new Map<string, Site>();
  const actions = new Map<string, Action>();
  const publicRoutes: { method: string; path: string }[] = [];
  const keys: { key: string; action: string; site: Site }[] = [];
  for (const { method, path, site, action } of operations) {
    if (!action) {
      publicRoutes.push({ method, path });
      continue;
    }
    const name = `${method} ${path}`;
    sites.set(name, site);
    actions.set(name, action);
    keys.push({ key: action.route.key, action: name, site });
  }
  checkOpNames(keys, api.report);
  for (const { key, keySite } of top.get('actions')?.entries() ?? []) sites.set(key, keySite);
  return {
    actions: { ...Object.fromEntries(actions), ...domainActions(api, names, top) },
    publicRoutes: publicRoutes.sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1)),
    sites,
  };
}

/** The templates of operations, those of one path together. */
function templatesOf(operations: readonly Operation[]): PathTemplate[] {
  const methods = new Map<Operation['item'], { path: string; methods: string[] }>();
  for (const { item, path, method } of operations) {
    const known = methods.get(item) ?? { path, methods: [] };
    known.methods.push(method);
    methods.set(item, known);
  }
  return [...methods].map(([{ keySite: site }, template]) => ({ ...template, site }));
}
