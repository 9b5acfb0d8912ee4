import type { Comment } from '../../../cedar/text/policies.ts';
import { LANGUAGE_NAMES } from '../schema/typescript.ts';
import { type LanguageName, UNTYPED } from './env.ts';
import { commentLines } from './comments.ts';
import { freeName, quoted } from './text.ts';

/** One policy of a file, as it is written. */
export interface WrittenPolicy {
  readonly id: string;
  readonly text: string;
  /** The type that it is about, where there is only one. */
  readonly subject: string | undefined;
}

/** A template as a constant of its own, for links to name. */
export interface WrittenTemplate {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export interface ModuleParts {
  readonly header: readonly Comment[];
  readonly footer: readonly Comment[];
  readonly used: ReadonlySet<LanguageName | typeof UNTYPED>;
  readonly templates: readonly WrittenTemplate[];
  readonly policies: readonly WrittenPolicy[];
}

/** Fewer are read better in one list. */
const WORTH_GROUPING = 6;

/** Names of constants that the module has anyway. */
export const MODULE_NAMES: ReadonlySet<string> = new Set([...LANGUAGE_NAMES, UNTYPED, 'policies']);

/**
 * A module of policies, not yet formatted: grouped by what they are about, in the order of the source otherwise.
 * @param vocabulary module path of the vocabulary
 */
export function moduleText(parts: ModuleParts, vocabulary: string): string {
  const names = [...parts.used].sort().join(', ');
  const lists = grouped(parts);
  return [
    commentLines(parts.header).trimEnd(),
    `import { ${names === '' ? '' : `${names}, `}type Policies } from ${quoted(vocabulary)};`,
    ...parts.templates.map(({ name, text }) => exported(name, text)),
    ...lists,
    commentLines(parts.footer),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Where each policy and template stands in the module: its id by the offset of its end, in order. */
export function placesIn({ templates, policies }: ModuleParts, module: string): [end: number, id: string][] {
  return [...templates, ...policies]
    .map(({ id, text }): [number, string] => {
      const own = withoutComments(text);
      return [module.indexOf(own) + own.length, id];
    })
    .sort(([a], [b]) => a - b);
}

function grouped({ policies, templates }: ModuleParts): string[] {
  const groups = new Map<string, string[]>();
  for (const { text, subject = 'general' } of policies)
    groups.set(subject, [...(groups.get(subject) ?? []), text]);
  const list = (name: string, texts: readonly string[]): string =>
    `export const ${name}: Policies = [\n${texts.join(',\n\n')}\n];`;
  if (groups.size < 2 || policies.length < WORTH_GROUPING) {
    return [list('policies', policies.map(({ text }) => text))]; // prettier-ignore
  }
  const taken = new Set([...MODULE_NAMES, ...templates.map(({ name }) => name)]);
  const named = [...groups].map(([subject, texts]) => {
    const name = freeName(`${subject} policies`, (wanted) => taken.has(wanted));
    taken.add(name);
    return { name, texts };
  });
  return [
    ...named.map(({ name, texts }) => list(name, texts)),
    list('policies', [named.map(({ name }) => `...${name}`).join(', ')]), // prettier-ignore
  ];
}

/** The comments about a constant stand above it, not inside. */
function exported(name: string, text: string): string {
  const builder = withoutComments(text);
  return `${text.slice(0, text.length - builder.length)}export const ${name} = ${builder};`;
}

const withoutComments = (text: string): string => text.replace(/^(?:\/\/.*\n|\n)*/, '');
