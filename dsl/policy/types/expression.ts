export declare const kind: unique symbol;

/** A Cedar expression that is being written. `K` names its Cedar type and keeps unlike types apart. */
export interface Expr<K extends string> {
  readonly [kind]: K;
  /**
   * Only in the type: `a && b`, `a ? b : c` and `if (a)` become TS2801. Without it `a && b` compiles and silently
   * drops `a`. Write `.and()`, `.or()`, `.ifElse()`.
   */
  then(onfulfilled: (value: never) => unknown): never;
}

/** Any expression that has a value wherever it is reached: all but those of optional attributes. */
export type Present = Expr<
  'Bool' | 'Long' | 'String' | 'Set' | 'Record' | 'Entity' | 'ipaddr' | 'decimal' | 'datetime' | 'duration'
>;

/**
 * An expression that always has a value. In a union with `Optional` each `never` vanishes, so that an attribute
 * optional on one type and required on another is optional on both.
 */
export interface Value<K extends string> extends Expr<K> {
  /** @deprecated always present: use the value itself */
  readonly has: never;
  /** @deprecated always present */
  readonly orElse: never;
  /** @deprecated always present */
  readonly exists: never;
  /** @deprecated always present */
  readonly ifPresent: never;
  /** @deprecated always present */
  readonly guarded: never;
}
