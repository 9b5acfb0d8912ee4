import type { EntityLiteral, EntityUid, Site } from '../../../cedar/ast.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';
import { type World, writtenAction, writtenType } from '../schema/world.ts';
import { callee, type FileState } from './env.ts';
import { inexpressible } from './inexpressible.ts';
import { quoted } from './text.ts';

interface Placed {
  readonly at?: Site | undefined;
}
type Known = { readonly world: World };

/** An entity type as the source writes it. Throws `PolicyError` for one that the schema does not have. */
export function typeName(type: string, place: Placed, { world }: Known): string {
  const written = writtenType(world, type);
  if (world.entityTypes.has(written)) return written;
  if (type === 'Action' || type.endsWith('::Action')) {
    throw inexpressible(place, 'an action here', 'compare actions with the variable action, on its right');
  }
  throw unknown('UNKNOWN_TYPE', `${type} is no entity type of the schema`, place);
}

/** An action as the source writes it. Throws `PolicyError` for one that the schema does not have. */
export function actionName(uid: EntityUid, place: Placed, { world }: Known): string {
  const name = writtenAction(world, uid);
  if (world.actions.has(name)) return name;
  throw unknown('UNKNOWN_ACTION', `${uid.type}::${JSON.stringify(uid.id)} is no action of the schema`, place);
}

const unknown = (code: string, message: string, { at }: Placed): PolicyError =>
  new PolicyError({ code, message, remedy: 'correct the name, or give the schema that has it', site: at });

/** `entity('User', 'alice')`. Throws as `typeName`. */
export function entityText(
  { type, id }: EntityLiteral,
  place: Placed,
  file: Pick<FileState, 'world' | 'used'>,
): string {
  return `${callee('entity', file)}(${quoted(typeName(type, place, file))}, ${quoted(id)})`;
}
