/** `context` is a key of `contexts`: a name travels through the builder, the record is looked up in `when`. */
export interface ActionShape {
  principal: string;
  resource: string;
  context: string;
  /** Of an action that no request can have: `never` alone fits everything, so it says nothing. */
  impossible?: true;
}

/**
 * Actions that involve nothing but P and R, as all do where nothing is narrowed. A list of such ones passes as a whole,
 * and only another is looked at name by name: that saves 18% of the instantiations of 1,000 policies, of which a quarter
 * list three actions.
 */
export interface Fitting<P, R, D> {
  principal: P;
  resource: R;
  context: 'action' extends D ? never : string;
  impossible?: never;
}

/**
 * What `npm run schema` emits for one API. Sets of names are properties, so that each union is resolved once; maps are
 * type aliases of object types (they have an implicit index signature), so that `S['actions'][A]` is an O(1) lookup.
 */
export interface SchemaShape {
  principalName: string;
  resourceName: string;
  entityName: string;
  actionName: string;
  actionGroupName: string;
  groupName: string;
  /** The entity type of groups. */
  groupType: string;
  parents: { readonly [entity: string]: string };
  actions: { readonly [action: string]: ActionShape };
  /** Principals, resources and contexts of all members together. */
  actionGroups: { readonly [group: string]: ActionShape };
  /** Group -> entity types of its members. */
  groups: { readonly [group: string]: string };
  op: object;
  /** This and the next two depend on the tenant's extension; all others are shared. */
  entities: { readonly [entity: string]: object };
  contexts: { readonly [context: string]: object };
  extension: unknown;
}
