import type { EntityUid, Expr, PatternPart, Policy } from '../../../cedar/ast.ts';
import type { CedarJson } from '../../../cedar/engine.ts';
import { longJson } from '../../../cedar/exact-long.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { parts } from '../../../cedar/walk.ts';

type Kind = Exclude<ValueType['kind'], 'Set' | 'Record' | 'Entity'>;

/** The values worth trying: those that policies name, their neighbours, and one that none names. */
export interface Pool {
  readonly of: Readonly<Record<Kind, readonly CedarJson[]>>;
  readonly entities: readonly EntityUid[];
  /** Names of tags that policies read. */
  readonly tags: readonly string[];
}

const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);
const EXTENSION = { ip: 'ipaddr', decimal: 'decimal', datetime: 'datetime', duration: 'duration' } as const;

/** Whether an integer fits in 64 bits. */
export const isLong = (value: bigint): boolean => value >= MIN_LONG && value <= MAX_LONG;

export const extension = (fn: string, arg: string): CedarJson => ({ __extn: { fn, arg } });

/** A text that a pattern takes. */
export const matching = (pattern: readonly PatternPart[]): string =>
  pattern.map((part) => (part === 'wildcard' ? '' : part.text)).join('');

export function poolOf(policies: readonly Policy[]): Pool {
  const found = {
    String: new Map<string, CedarJson>(),
    Long: new Map<string, CedarJson>(),
    Bool: new Map<string, CedarJson>([false, true].map((value) => [String(value), value])),
    ipaddr: new Map<string, CedarJson>(),
    decimal: new Map<string, CedarJson>(),
    datetime: new Map<string, CedarJson>(),
    duration: new Map<string, CedarJson>(),
  };
  const entities = new Map<string, EntityUid>();
  const tags = new Set<string>();
  const add = (kind: Kind, value: CedarJson): void => void found[kind].set(JSON.stringify(value), value);
  const addLong = (value: bigint): void => {
    if (isLong(value)) add('Long', longJson(value));
  };
  const visit = (expr: Expr): void => {
    if (expr.kind === 'literal') {
      if (typeof expr.value === 'string') add('String', expr.value);
      if (typeof expr.value === 'bigint') for (const near of [0n, -1n, 1n]) addLong(expr.value + near);
    }
    if (expr.kind === 'entity') entities.set(entityKey(expr.entity), expr.entity);
    if (expr.kind === 'like') add('String', matching(expr.pattern));
    if (expr.kind === 'construct') add(EXTENSION[expr.fn], extension(expr.fn, asAddress(expr.fn, expr.text)));
    if (expr.kind === 'call' && (expr.method === 'hasTag' || expr.method === 'getTag')) {
      const [name] = expr.with;
      if (name?.kind === 'literal' && typeof name.value === 'string') tags.add(name.value);
    }
    parts(expr).forEach(visit);
  };
  // What no policy names comes first: it is what a world is made of where nothing is asked of it.
  add('String', 'something');
  addLong(0n);
  add('ipaddr', extension('ip', '192.0.2.1'));
  add('decimal', extension('decimal', '0.0'));
  add('datetime', extension('datetime', '2000-01-01'));
  add('duration', extension('duration', '0ms'));
  for (const { principal, resource, clauses } of policies) {
    for (const scope of [principal, resource]) {
      if ('entity' in scope && !('slot' in scope.entity)) entities.set(entityKey(scope.entity), scope.entity);
    }
    for (const { body } of clauses) visit(body);
  }
  addLong(1n);
  addLong(MAX_LONG);
  addLong(MIN_LONG);
  add('String', '');
  add('ipaddr', extension('ip', '127.0.0.1'));
  add('ipaddr', extension('ip', '::1'));
  add('ipaddr', extension('ip', '224.0.0.1'));
  add('decimal', extension('decimal', '922337203685477.5807'));
  add('decimal', extension('decimal', '-922337203685477.5808'));
  add('datetime', extension('datetime', '9999-12-31'));
  add('datetime', extension('datetime', '1970-01-01'));
  add('duration', extension('duration', '9223372036854775807ms'));
  add('duration', extension('duration', '-9223372036854775808ms'));
  const values = Object.entries(found).map(([kind, map]) => [kind, [...map.values()]] as const);
  return { of: ofKinds(Object.fromEntries(values)), entities: [...entities.values()], tags: [...tags] };
}

const ofKinds = (values: Readonly<Record<string, readonly CedarJson[]>>): Pool['of'] => {
  const of = (kind: Kind): readonly CedarJson[] => values[kind] ?? [];
  return {
    String: of('String'),
    Long: of('Long'),
    Bool: of('Bool'),
    ipaddr: of('ipaddr'),
    decimal: of('decimal'),
    datetime: of('datetime'),
    duration: of('duration'),
  };
};

/** An address of a range, rather than the range: what requests have. */
export const asAddress = (fn: string, text: string): string =>
  fn === 'ip' ? text.replace(/\/\d+$/, '') : text;
