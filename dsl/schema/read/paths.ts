const PARAMETER = /^\{([A-Za-z0-9._-]+)\}$/;
/** What API Gateway takes as part of a resource's path (CreateResource, pathPart). */
const STATIC = /^[A-Za-z0-9._:-]+$/;

export const segmentsOf = (path: string): string[] => (path === '/' ? [] : path.split('/').slice(1));

/** The name of the parameter that a segment stands for. */
export const parameterIn = (segment: string): string | undefined => PARAMETER.exec(segment)?.[1];

/** All parameters of a template, those that are less than a segment too. */
export const parametersIn = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');

/** A template with other names for some of its parameters. */
export const renamed = (path: string, names: ReadonlyMap<string, string>): string =>
  path.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) =>
    names.has(name) ? `{${names.get(name)}}` : whole,
  );

/** What is wrong, and what to do about it. */
export interface Fault {
  readonly what: string;
  readonly remedy: string;
}

/** Why API Gateway has no place for a template. */
export function unroutable(path: string): Fault | undefined {
  const [names, segments] = [parametersIn(path), segmentsOf(path)];
  if (!path.startsWith('/')) return { what: 'it does not start with /', remedy: 'write a / before it' };
  if (/[?#]/.test(path))
    return { what: 'a query or fragment is no part of it', remedy: 'make them parameters' };
  if (segments.at(-1) === '') {
    return { what: 'API Gateway has no paths that end in a slash', remedy: 'drop the last slash' };
  }
  for (const segment of segments) {
    const reason = badSegment(segment);
    if (reason) return reason;
  }
  if (new Set(names).size < names.length) {
    return { what: 'it names a parameter twice', remedy: 'give each a name of its own' };
  }
  return names.includes('__proto__')
    ? { what: 'a parameter cannot be called __proto__', remedy: 'rename it' }
    : undefined;
}

/** What API Gateway takes for one segment is a text of few characters or one parameter (CreateResource, pathPart). */
function badSegment(segment: string): Fault | undefined {
  if (parameterIn(segment) !== undefined) return undefined;
  if (/^\{[^{}]*\+\}$/.test(segment)) {
    const what = `${segment} stands for any number of segments, and one action would be many operations`;
    return { what, remedy: 'write out the operations it stands for' };
  }
  if (segment === '.' || segment === '..') {
    return { what: `"${segment}" is resolved before a request is sent`, remedy: 'write where it leads' };
  }
  if (STATIC.test(segment)) return undefined;
  return {
    what: segment.includes('{')
      ? `"${segment}" is more than one parameter`
      : `"${segment}" is empty or has other characters than letters, digits and ._-:`,
    remedy: segment.includes('{') ? 'make the parameter the whole segment' : 'rename the segment',
  };
}
