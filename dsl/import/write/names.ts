import type { EntityLiteral, EntityUid, Site } from '../../../cedar/ast.ts';
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
  throw inexpressible(
    place,
    `the type ${type}, which is no entity type of the schema`,
    'correct the name, or give the schema that has it; an action is compared with the variable action only',
  );
}

/** An action as the source writes it. Throws `PolicyError` for one that the schema does not have. */
export function actionName(uid: EntityUid, place: Placed, { world }: Known): string {
  const name = writtenAction(world, uid);
  if (world.actions.has(name)) return name;
  throw inexpressible(
    place,
    `the action ${uid.type}::${JSON.stringify(uid.id)}, which the schema does not have`,
    'correct the name, or give the schema that has it',
  );
}

/** `entity('User', 'alice')`. Throws as `typeName`. */
export function entityText(
  { type, id }: EntityLiteral,
  place: Placed,
  file: Pick<FileState, 'world' | 'used'>,
): string {
  return `${callee('entity', file)}(${quoted(typeName(type, place, file))}, ${quoted(id)})`;
}
