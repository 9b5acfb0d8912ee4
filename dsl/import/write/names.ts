import type { EntityLiteral, EntityUid, Site } from '../../../cedar/ast.ts';
import { isActionType } from '../../../cedar/names.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { type World, writtenAction, writtenType } from '../schema/world.ts';
import { callee, type FileState } from './env.ts';
import { quoted } from './text.ts';

interface Placed {
  readonly at?: Site | undefined;
}
type Known = { readonly world: World };

/** An entity type as the source writes it. Throws `PolicyError` for one that the schema does not have. */
export function typeName(type: string, place: Placed, { world }: Known): string {
  const written = writtenType(world, type);
  if (world.entityTypes.has(written)) return written;
  throw unknown('UNKNOWN_TYPE', `${type} is no entity type of the schema`, place);
}

/** A type that something is tested for: an entity type, or that of actions. Throws as `typeName`. */
export const testedType = (type: string, place: Placed, file: Known): string =>
  isActionType(type) ? writtenType(file.world, type) : typeName(type, place, file);

/** An action as the source writes it. Throws `PolicyError` for one that the schema does not have. */
export function actionName(uid: EntityUid, place: Placed, { world }: Known): string {
  const name = writtenAction(world, uid);
  if (world.actions.has(name)) return name;
  throw unknown('UNKNOWN_ACTION', `${uid.type}::${JSON.stringify(uid.id)} is no action of the schema`, place);
}

const unknown = (code: string, message: string, { at }: Placed): PolicyError =>
  new PolicyError({ code, message, remedy: 'correct the name, or give the schema that has it', site: at });

/** `entity('User', 'alice')`, `actionEntity('view')`. Throws as `typeName`. */
export function entityText(
  uid: EntityLiteral,
  place: Placed,
  file: Pick<FileState, 'world' | 'used'>,
): string {
  const { type, id } = uid;
  if (isActionType(type)) return `${callee('actionEntity', file)}(${quoted(actionName(uid, place, file))})`;
  return `${callee('entity', file)}(${quoted(typeName(type, place, file))}, ${quoted(id)})`;
}
