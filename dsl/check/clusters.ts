import type { ActionsAsked } from '../../cedar/part-of-schema.ts';
import type { PolicyTexts } from './findings.ts';

/** Texts of policies whose validity depends on the same few actions. */
export interface Cluster {
  readonly asked: ActionsAsked;
  readonly texts: readonly string[];
}

/** Measured at 100 and 1,000 operations: fewer mean more calls, more mean longer ones. */
const ACTIONS_AT_ONCE = 16;

/** Policies that are best validated together, each group in a part of the schema. What needs all of it is left out. */
export function clustersOf(policies: readonly PolicyTexts[]): readonly Cluster[] {
  const alike = policies.filter(({ actions }) => actions === 'one of each kind');
  const texts = alike.map(({ unprefixed }) => unprefixed);
  return [...(texts.length > 0 ? [{ asked: 'one of each kind' as const, texts }] : []), ...byNames(policies)];
}

/** In the order of the names, so that those of one action come together. */
function byNames(policies: readonly PolicyTexts[]): readonly Cluster[] {
  const sorted = policies
    .flatMap(({ actions, unprefixed }) =>
      typeof actions === 'object' && actions.size <= ACTIONS_AT_ONCE
        ? [{ named: [...actions].sort(), unprefixed }]
        : [],
    )
    .sort((a, b) => (a.named.join() < b.named.join() ? -1 : 1));
  const clusters: { asked: Set<string>; texts: string[] }[] = [];
  for (const { named, unprefixed } of sorted) {
    const last = clusters.at(-1);
    const union = new Set([...(last?.asked ?? []), ...named]);
    if (last && union.size <= ACTIONS_AT_ONCE) {
      last.asked = union;
      last.texts.push(unprefixed);
    } else clusters.push({ asked: new Set(named), texts: [unprefixed] });
  }
  return clusters;
}
