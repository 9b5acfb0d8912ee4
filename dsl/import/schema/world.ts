import type { EntityUid } from '../../../cedar/ast.ts';
import type { Attribute, ValueType } from '../../../cedar/model.ts';

export type Attributes = Readonly<Record<string, Attribute>>;

/** An entity type of an imported schema. */
export interface WorldEntity {
  readonly attributes: Attributes;
  /** The type of the values of its tags, where it has tags. */
  readonly tags?: ValueType;
  /** All types that it may be in, at any distance, itself included. */
  readonly ancestors: readonly string[];
  readonly description?: string;
}

/** An action or a group of actions: Cedar makes no difference. */
export interface WorldAction {
  readonly uid: EntityUid;
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly context: Attributes;
  /** The actions in it, at any distance; none in one that is no group. */
  readonly members: readonly string[];
  readonly description?: string;
}

/**
 * What existing policies speak of. All names are as the policies' new source writes them: without the namespace where
 * there is only one, else qualified (`Photos::User`, `Photos::Action::"view"`).
 */
export interface World {
  /** The only namespace; '' where names are qualified as they stand. */
  readonly namespace: string;
  readonly entityTypes: ReadonlyMap<string, WorldEntity>;
  readonly actions: ReadonlyMap<string, WorldAction>;
  /**
   * Whether attributes are known. Without a schema there are only the names that the policies use (`never`); with one,
   * a policy that the compiler cannot follow is written without types (`not here`).
   */
  readonly typed: 'yes' | 'never' | 'not here';
}

/** Whether nobody can be asked about it: it only holds other actions. */
export const isPureGroup = ({ principals, members }: WorldAction): boolean =>
  principals.length === 0 && members.length > 0;

/** The full name of what a namespace declares. */
export const qualified = (space: string, name: string): string => (space === '' ? name : `${space}::${name}`);

/** A qualified type as the source writes it. */
export const writtenType = ({ namespace }: Pick<World, 'namespace'>, type: string): string =>
  namespace !== '' && type.startsWith(`${namespace}::`) ? type.slice(namespace.length + 2) : type;

/** An action as the source writes it. */
export function writtenAction({ namespace }: Pick<World, 'namespace'>, { type, id }: EntityUid): string {
  return type === qualified(namespace, 'Action') ? id : `${type}::"${id}"`;
}
