import type { Arithmetic, Comparison, Constructor, Method, Variable } from './ast.ts';

/** The words of the language, for those who read it from data. */
export const COMPARISONS: readonly Comparison[] = ['==', '!=', '<', '<=', '>', '>='];
export const ARITHMETIC: readonly Arithmetic[] = ['+', '-', '*'];
export const CONSTRUCTORS: readonly Constructor[] = ['ip', 'decimal', 'datetime', 'duration'];
export const VARIABLES: readonly Variable[] = ['principal', 'action', 'resource', 'context'];

export const CORE_METHODS: readonly Method[] = [
  'contains', 'containsAll', 'containsAny', 'isEmpty', 'getTag', 'hasTag',
]; // prettier-ignore
export const EXTENSION_METHODS: readonly Method[] = [
  'isIpv4', 'isIpv6', 'isLoopback', 'isMulticast', 'isInRange',
  'lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual',
  'offset', 'durationSince', 'toDate', 'toTime', 'toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays',
]; // prettier-ignore
export const METHODS: readonly Method[] = [...CORE_METHODS, ...EXTENSION_METHODS];
