/** What this client needs of an API's vocabulary: `Actions` of the file that `npm run schema` writes. */
export interface ActionsShape {
  readonly [action: string]: { readonly resource: string };
}

/** A resource by type and id. An object that has more may be given: nothing else of it is sent. */
export interface EntityRef<Type extends string = string> {
  readonly type: Type;
  readonly id: string;
}

/** The resources that an action is about. */
export type ResourceOf<
  Actions extends { [A in keyof Actions]: ActionsShape[string] },
  Action extends keyof Actions,
> = EntityRef<Actions[Action]['resource']>;

/** The entity type of an operation that names no resource of its own. */
export const ENDPOINT_TYPE = 'Endpoint';
