import type { Json } from '../../aws/input.ts';

/** By name. Each throws AwsError. */
export type Operations = Readonly<Record<string, (input: Json) => object | Promise<object>>>;
