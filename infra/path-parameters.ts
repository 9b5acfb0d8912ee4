/** The names of a path template's parameters: `/orders/{id}` has `id`. */
export const pathParametersOf = (template: string): string[] =>
  [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
