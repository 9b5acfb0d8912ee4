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
  budget([50, 'nothing', 10], 35_000, 62_000),
  budget([50, 'nothing', 100], 65_000, 105_000),
  budget([50, 'nothing', 1_000], 140_000, 190_000),
  budget([50, 'nothing', 5_000], 205_000, 285_000),
];

/** 20 policies a tenant, by what tenants add to an API of 1,000 operations. */
export const BY_TENANTS: readonly Budget[] = [
  budget([50, 'groups', 1_000], 175_000, 220_000),
  budget([50, 'attributes', 1_000], 260_000, 280_000),
  budget([300, 'nothing', 1_000], 525_000, 720_000),
  budget([300, 'groups', 1_000], 775_000, 950_000),
  budget([300, 'attributes', 1_000], 1_400_000, 1_480_000),
];

/** Small enough to be held at every test run. */
export const SMALL: readonly Budget[] = [
  budget([5, 'nothing', 100], 20_000, 32_000),
  budget([5, 'groups', 100], 23_000, 33_000),
  budget([5, 'attributes', 100], 29_000, 35_000),
];
