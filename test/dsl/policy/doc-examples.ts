import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** What a docstring says of its member: `` `written` prints `printed` ``. */
export interface Example {
  /** `long.ts: Long.eq` */
  readonly of: string;
  readonly written: string;
  readonly printed: string;
}

/** A member that people write, with the examples in its docstring. */
export interface Documented {
  readonly name: string;
  readonly examples: readonly Example[];
}

const types = fileURLToPath(new URL('../../../dsl/policy/types/', import.meta.url));
const language = fileURLToPath(new URL('../../../dsl/language.ts', import.meta.url));

/** What the compiler or the pipeline reads, and no policy is written with. */
const NOT_WRITTEN = ['error.ts', 'extension.ts', 'family.ts', 'identity.ts', 'schema.ts', 'tenant.ts'];

/** Every member of the language's object types: what policies and tenant files are written with. */
export async function documented(): Promise<Documented[]> {
  const files = (await readdir(types)).filter((file) => !NOT_WRITTEN.includes(file)).sort();
  const members = await Promise.all(files.map(async (file) => membersOf(file, await parsed(types + file))));
  return [...members.flat(), ...membersOf('language.ts', await parsed(language))];
}

const parsed = async (file: string): Promise<ts.SourceFile> =>
  ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true);

function membersOf(file: string, source: ts.SourceFile): Documented[] {
  return source.statements.filter(isObjectType).flatMap((declared) =>
    membersIn(declared).flatMap((member): Documented[] => {
      // Symbols exist for the compiler alone; what is deprecated is there to say so.
      const isForPeople = member.name && ts.isIdentifier(member.name) && member.name.text !== 'then';
      if (!isForPeople || ts.getJSDocDeprecatedTag(member)) return [];
      return [named(`${file}: ${declared.name.text}.${member.name.getText()}`, member)];
    }),
  );
}

type ObjectType = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const isObjectType = (node: ts.Node): node is ObjectType =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

function membersIn(declared: ObjectType): readonly ts.TypeElement[] {
  if (ts.isInterfaceDeclaration(declared)) return declared.members;
  return ts.isTypeLiteralNode(declared.type) ? declared.type.members : [];
}

function named(name: string, node: ts.Node): Documented {
  const text = ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map((doc) => doc.getText().replaceAll(/^\s*(\/\*\*|\*\/|\*(?!\/))|\*\/$/gm, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  const found = text.matchAll(/`([^`]+)` prints `([^`]+)`/g);
  return {
    name,
    examples: [...found].map(([, written = '', printed = '']) => ({ of: name, written, printed })),
  };
}
