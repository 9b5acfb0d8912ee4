import type { ProjectArgs } from '../synthetic/project.ts';
import type { Compiler } from './instantiations.ts';

/** A project and the most that its types may cost: some 10% above what they do, which no machine changes. */
export interface Budget extends ProjectArgs {
  readonly instantiations: Readonly<Record<Compiler, number>>;
}

const budget = (
  [tenants, additions, actions]: readonly [number, ProjectArgs['additions'], number],
  typescript: number,
  typescript7: number,
): Budget => ({ actions, tenants, additions, instantiations: { typescript, typescript7 } });

/** 1,000 policies, by the size of the API. */
export const BY_SIZE: readonly Budget[] = [
  budget([50, 'nothing', 10], 26_000, 47_000),
  budget([50, 'nothing', 100], 44_000, 71_000),
  budget([50, 'nothing', 1_000], 82_000, 116_000),
  budget([50, 'nothing', 5_000], 124_000, 167_000),
];

/** 20 policies a tenant, by what tenants add to an API of 1,000 operations. */
export const BY_TENANTS: readonly Budget[] = [
  budget([50, 'groups', 1_000], 121_000, 150_000),
  budget([50, 'attributes', 1_000], 194_000, 205_000),
  budget([300, 'nothing', 1_000], 303_000, 409_000),
  budget([300, 'groups', 1_000], 555_000, 648_000),
  budget([300, 'attributes', 1_000], 1_070_000, 1_106_000),
];

/** Small enough to be held at every test run. */
export const SMALL: readonly Budget[] = [
  budget([5, 'nothing', 100], 15_000, 25_000),
  budget([5, 'groups', 100], 18_500, 26_500),
  budget([5, 'attributes', 100], 23_000, 28_000),
];
