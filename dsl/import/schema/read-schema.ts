import { utf16Offset } from '../../../cedar/located.ts';
import { EngineError } from '../../../cedar/engine.ts';
import { type ResolvedSchema, resolveSchema } from '../../../cedar/resolved-schema.ts';
import { linesOf } from '../../../cedar/text/lines.ts';
import { type Problem, ProblemsError } from '../../check/problem.ts';
import { worldOf } from './from-resolved.ts';
import { MOST_PARTS, partsOf } from './size.ts';
import type { World } from './world.ts';

export interface ReadSchema {
  readonly world: World;
  readonly schema: ResolvedSchema;
}

/** Reads a schema: Cedar's own language, or its JSON form in a file that ends in `.json`. @throws {ProblemsError} */
export function readSchema(text: string, file: string): ReadSchema {
  const placeOf = linesOf(text);
  const problem = (message: string, remedy: string, offset = 0): Problem => ({
    site: { file, ...placeOf(offset) },
    code: 'SCHEMA',
    message,
    remedy,
  });
  const result = attempt(() => resolveSchema(file.endsWith('.json') ? jsonOf(text) : text), problem);
  if (result.ok) {
    const world = worldOf(result.schema);
    const parts = partsOf(world);
    if (parts <= MOST_PARTS) return { world, schema: result.schema };
    throw new ProblemsError([
      problem(
        `its types have ${parts} parts when they are written out, the limit is ${MOST_PARTS}`,
        'use fewer common types inside each other',
      ),
    ]);
  }
  throw new ProblemsError(
    result.errors.map(({ message, help, start }) =>
      problem(
        message,
        help ?? "correct the schema: Cedar's own validator refuses it",
        file.endsWith('.json') ? 0 : utf16Offset(text, start),
      ),
    ),
  );
}

function jsonOf(text: string): object {
  const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw new SyntaxError('it is no object');
}

function attempt<T>(read: () => T, problem: (message: string, remedy: string) => Problem): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof EngineError)) throw error;
    throw new ProblemsError([
      problem(
        `the schema cannot be read: ${error.message}`,
        'give a schema in one of the two forms of Cedar',
      ),
    ]);
  }
}
