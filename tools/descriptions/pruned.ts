import type { Description } from '../../test/infra/descriptions/description.ts';

/** Without what nobody asked about. What is required stays, so that it is missed where it is not given. */
export function pruned(description: Description, asked: ReadonlySet<Description>): Description {
  const { properties, each, ...own } = description;
  const kept = Object.entries(properties ?? {}).filter(([, part]) => asked.has(part));
  return {
    ...own,
    ...(properties && {
      properties: Object.fromEntries(kept.map(([name, part]) => [name, pruned(part, asked)])),
    }),
    ...(each && { each: asked.has(each) ? pruned(each, asked) : { type: 'any' } }),
  };
}
