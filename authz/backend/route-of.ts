/** The route of a web framework whose handler answered, or will. */
export interface FrameworkRoute {
  /** As the framework writes it: `/books/:id`. */
  readonly path: string;
  /** How many of its first segments are not written so, but as they were asked for: where a router is mounted. */
  readonly mounted?: number;
}

const isTemplated = (segment: string): boolean => /^\{.*\}$/.test(segment);
/** `:id`, and what may follow it: `:id{[0-9]+}`, `:id(\\d+)`. */
const isParameter = (segment: string): boolean => /^:\w/.test(segment) && !segment.endsWith('?');

/**
 * Whether a web framework's route is the operation that was decided on: `/books/:id` for `/books/{id}`, whatever its
 * parameters are called. Frameworks match in an order of their own, so that for one path they may find another route
 * than the API document says, or one that it does not know.
 */
export function answersFor({ path, mounted = 0 }: FrameworkRoute, template: string): boolean {
  const found = path.split('/');
  const wanted = template.split('/');
  return (
    found.length === wanted.length &&
    wanted.every((segment, at) => {
      const actual = found[at] ?? '';
      return isTemplated(segment) ? at < mounted || isParameter(actual) : actual === segment;
    })
  );
}
