import type { EntityLiteral, EntityUid, Site } from '../../cedar/ast.ts';
import { ENDPOINT_TYPE, GROUP_TYPE } from '../../cedar/model.ts';
import { isActionType } from '../../cedar/names.ts';
import { BuilderError } from './builder-error.ts';
import { describe } from './describe.ts';

/** The names of an API. A `Model` is one; the generated `model.json` is one too, as it is imported. */
export interface Vocabulary {
  /** Before every name of a type; '' where names are qualified as they stand. */
  readonly namespace: string;
  /**
   * `false`: of a schema that knows no tenants. Its entities belong to none, so that their ids are printed as they are
   * written, and `Group` is a type like any other.
   */
  readonly tenants?: boolean;
  readonly principalTypes: Readonly<Record<string, object>>;
  readonly entityTypes: Readonly<Record<string, object>>;
  readonly actions: Readonly<Record<string, object>>;
  /** What the names of actions stand for that are not ids of actions of the namespace. */
  readonly actionUids?: Readonly<Record<string, EntityUid>>;
  readonly actionGroups: Readonly<Record<string, object>>;
  /** Groups common to all tenants, with the principal types that may be in them. */
  readonly groups: Readonly<Record<string, { readonly members: readonly string[] }>>;
}

/** Names as policies may write them, checked and qualified. Each function throws `BuilderError` for an unknown one. */
export interface Names {
  readonly entityType: (name: unknown, at: Site) => string;
  /** An entity type, or the one that actions are of. */
  readonly testedType: (name: unknown, at: Site) => string;
  readonly entity: (type: unknown, id: unknown, at: Site) => EntityLiteral;
  readonly group: (name: unknown, at: Site) => EntityLiteral;
  readonly action: (name: unknown, at: Site) => EntityUid;
  readonly actionGroup: (name: unknown, at: Site) => EntityUid;
  readonly actionOrGroup: (name: unknown, at: Site) => EntityUid;
  /** The qualified principal type whose members alone are in a common group, where it is just one of several. */
  readonly onlyMemberType: (group: string) => string | undefined;
}

/** `ownGroups`: groups that only one tenant has. */
export function namesOf(vocabulary: Vocabulary, ownGroups: readonly string[]): Names {
  const { namespace, tenants = true, principalTypes, entityTypes, groups } = vocabulary;
  const { actions, actionGroups, actionUids = {} } = vocabulary;
  const qualify = (type: string): string => (namespace === '' ? type : `${namespace}::${type}`);
  const isOwned = (type: string): boolean =>
    tenants && (type === GROUP_TYPE || Object.hasOwn(principalTypes, type));
  const isType = (type: string): boolean =>
    isOwned(type) || (tenants && type === ENDPOINT_TYPE) || Object.hasOwn(entityTypes, type);

  const isAction = (name: string): boolean => Object.hasOwn(actions, name);
  const isActionGroup = (name: string): boolean => Object.hasOwn(actionGroups, name);

  const entityType: Names['entityType'] = (name, at) =>
    qualify(known('ENTITY_TYPE', 'entity type', name, isType, at));
  const group: Names['group'] = (name, at) => {
    const isGroup = (id: string): boolean => Object.hasOwn(groups, id) || ownGroups.includes(id);
    const id = known('GROUP', 'group of this tenant', name, isGroup, at);
    return Object.freeze({ type: qualify(GROUP_TYPE), id, owned: true });
  };
  return Object.freeze<Names>({
    entityType,
    testedType: (name, at) =>
      typeof name === 'string' && isActionType(name) ? qualify(name) : entityType(name, at),
    group,
    entity: (type, id, at) => {
      if (tenants && type === GROUP_TYPE) return group(id, at);
      const qualified = entityType(type, at);
      if (typeof id !== 'string' || (tenants && id === '')) {
        throw new BuilderError({
          site: at,
          code: 'BAD_ENTITY_ID',
          message: `the id of an entity of type "${String(type)}" is no text`,
          remedy: 'give a string of at least one character',
        });
      }
      return Object.freeze({ type: qualified, id, ...(isOwned(String(type)) && { owned: true as const }) });
    },
    action: (name, at) => actionUid(known('ACTION', 'action', name, isAction, at)),
    actionGroup: (name, at) => actionUid(known('ACTION_GROUP', 'action group', name, isActionGroup, at)),
    actionOrGroup: (name, at) =>
      actionUid(
        known('ACTION', 'action or group of actions', name, (id) => isAction(id) || isActionGroup(id), at),
      ),
    onlyMemberType: (name) => {
      const [member, ...others] = Object.hasOwn(groups, name) ? (groups[name]?.members ?? []) : [];
      return member && others.length === 0 && Object.keys(principalTypes).length > 1
        ? qualify(member)
        : undefined;
    },
  });

  function actionUid(name: string): EntityUid {
    const { type, id } = (Object.hasOwn(actionUids, name) && actionUids[name]) || {
      type: qualify('Action'),
      id: name,
    };
    return Object.freeze({ type, id });
  }
}

function known(
  code: string,
  what: string,
  name: unknown,
  isKnown: (name: string) => boolean,
  at: Site,
): string {
  if (typeof name === 'string' && isKnown(name)) return name;
  throw new BuilderError({
    site: at,
    code: `UNKNOWN_${code}`,
    message: `${describe(name)} is no ${what}`,
    remedy: 'use one that the editor offers; `npm run schema` brings the names up to date',
  });
}
