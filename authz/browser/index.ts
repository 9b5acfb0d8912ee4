/** What a web page imports to ask what its user may do. Runs in browsers: nothing here needs Node. */
export { createPermissions, type Permissions, type PermissionsOptions } from './permissions.ts';
export { PermissionsUnavailable } from './ask.ts';
export type { ActionsShape, EntityRef, ResourceOf } from './vocabulary.ts';
