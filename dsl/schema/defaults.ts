/** Where a project has its API document. */
export const DEFAULT_API = 'api/openapi.yaml';
/** Where it has what is generated from it. */
export const DEFAULT_OUT = 'dsl/generated';
