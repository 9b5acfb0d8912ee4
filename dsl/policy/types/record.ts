import type { Bool } from './bool.ts';
import type { NameIn, ValueIn } from './entity.ts';

export interface RecordOps<in out U> {
  /**
   * Reaches an attribute that is optional, or that only some of the actions have:
   * `context.has('mfa', (mfa) => mfa)` prints `context has mfa && context.mfa`.
   */
  has<K extends NameIn<U>>(attribute: K, test?: (value: ValueIn<U, K>) => Bool): Bool;
  /** An attribute by name: `context.attr('has')` prints `context["has"]`. */
  attr<K extends keyof U & string>(attribute: K): U[K];
}

/** A record, the context among them: its attributes and the operators. */
export type Rec<U> = RecordOps<U> & U;
