import { literal } from '../../schema/typescript-text.ts';
import { namesText } from './names-text.ts';
import { typedText } from './typed-text.ts';
import { untypedText } from './untyped-text.ts';
import type { World } from './world.ts';

/** What policies are written with; each file takes what it needs. */
export const LANGUAGE_NAMES = [
  'permit', 'forbid', 'entity', 'actionEntity', 'link', 'value', 'set', 'record', 'ip', 'decimal', 'datetime', 'duration',
] as const; // prettier-ignore

/** How a vocabulary begins: by it one of an earlier import is known. */
export const VOCABULARY_HEAD = '// Written by `npx cedarwright import` from ';

const untypedLanguage = (world: World): string[] => [
  untypedText('UntypedSchema', world),
  'export interface UntypedApi extends SchemaFamily { readonly schema: UntypedSchema }',
  '/** For policies that TypeScript cannot follow: names are checked, attributes are not. */\nexport const untyped = language<UntypedApi>(vocabulary, op);',
];

/**
 * The vocabulary of existing policies, not yet formatted: types in the shape that `npm run schema` writes, the names
 * that exist while policies are read, and the language bound to both.
 * @param origin the file that it was made from
 * @param language module path of the language, as the file will import it
 * @param untyped whether some of the policies are written without types
 */
export function vocabularyText(
  world: World,
  { origin, language, untyped }: { origin: string; language: string; untyped: boolean },
): string {
  const typed =
    world.typed === 'never' ? { text: [untypedText('Schema', world)], used: [] } : typedText(world);
  const types = ['Policy', 'SchemaFamily', 'SchemaShape', ...typed.used].toSorted();
  const from = origin.replaceAll(/[\p{C}\p{Z}]/gu, ' ');
  return `${[
    `${VOCABULARY_HEAD}${from}.\nimport { language, ${types.map((name) => `type ${name}`).join(', ')} } from ${literal(language)};`,
    ...typed.text,
    namesText(world),
    `/** What policies are written with. */\nexport const { ${LANGUAGE_NAMES.join(', ')} } = language<Api>(vocabulary, op);`,
    ...(untyped ? untypedLanguage(world) : []),
    'export type Policies = readonly Policy<{}>[];',
  ].join('\n\n')}\n`;
}
