/**
 * The only module that loads ts-morph: it brings a TypeScript of its own (0.6 s), and what will replace it once
 * TypeScript 7 has an API is written here.
 */

/** TypeScript text laid out with two spaces. @throws Error when it is no TypeScript. */
export async function formatTypeScript(text: string): Promise<string> {
  const { IndentationText, Project, QuoteKind } = await import('ts-morph');
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true },
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  });
  const file = project.createSourceFile('schema.ts', text);
  const [mistake] = project.getProgram().getSyntacticDiagnostics(file);
  if (mistake) {
    throw new Error(`what was generated is no TypeScript: line ${mistake.getLineNumber()}`);
  }
  file.formatText({ indentSize: 2 });
  return file.getFullText();
}
