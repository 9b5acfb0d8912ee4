/** Words of the grammar: as attribute names they must be written `["in"]`. */
const RESERVED = new Set(['true', 'false', 'if', 'then', 'else', 'in', 'is', 'like', 'has', '__cedar']);

const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** Whether a name may stand in a policy without quotes. */
export const isIdentifier = (name: string): boolean => IDENTIFIER.test(name) && !RESERVED.has(name);

/** Whether a name is a type: identifiers joined by `::`. */
export const isTypeName = (name: string): boolean => name.split('::').every(isIdentifier);

/** Whether a name may follow `@`; there the grammar's own words are allowed. */
export const isAnnotationName = (name: string): boolean => IDENTIFIER.test(name);

/** Whether a type is that of actions, whose name Cedar keeps for them. */
export const isActionType = (type: string): boolean => type === 'Action' || type.endsWith('::Action');
