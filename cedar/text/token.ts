/** One word of a Cedar text. Offsets are in UTF-16 units. */
export interface Token {
  readonly kind: 'identifier' | 'integer' | 'string' | 'slot' | 'symbol' | 'invalid' | 'end';
  /** As it is written. */
  readonly text: string;
  readonly start: number;
  /** Of an invalid one: what to do about it. */
  readonly remedy?: string;
}

/** A comment, without its slashes. */
export interface Comment {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Index of the token that it speaks of: the next one, or the one before it on its own line. */
  readonly token: number;
  /** Whether an empty line sets it apart from what follows. */
  readonly apart: boolean;
}

/** A text as its words. The last is always the `end`. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}
