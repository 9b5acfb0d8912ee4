import { posix } from 'node:path';
import type ts from 'typescript';
import { typescript } from './typescript.ts';
import type { Problem } from './problem.ts';
import { nodesBelow, siteOf } from './source-file.ts';

/** The one module of the project, besides shared files, that tenant files may import. */
export const LANGUAGE = 'dsl/index.ts';

/**
 * Imports of anything but the language and shared files, types included: an import of text or JSON would put another
 * file's content into the bundle, and one of a module of Node would reach the machine.
 */
export function importProblems(source: ts.SourceFile, folder: string): Problem[] {
  const problems: Problem[] = [];
  const shared = `${folder}/shared`;
  const allowed = (specifier: string): boolean => {
    if (!specifier.startsWith('.')) return false;
    const target = posix.join(posix.dirname(source.fileName), specifier);
    return target === LANGUAGE || (posix.dirname(target) === shared && target.endsWith('.ts'));
  };
  const language = posix.relative(posix.dirname(source.fileName), LANGUAGE);
  const refuse = (node: ts.Node, what: string): void => {
    problems.push({
      site: siteOf(source, node),
      code: 'FORBIDDEN_IMPORT',
      message: `a tenant file may not import ${what}`,
      remedy: `import only from '${language}' and files of ${shared}/`,
    });
  };
  const reference = [
    ...source.referencedFiles,
    ...source.typeReferenceDirectives,
    ...source.libReferenceDirectives,
  ];
  for (const { pos, fileName } of reference) {
    problems.push({
      site: siteOf(source, pos),
      code: 'FORBIDDEN_IMPORT',
      message: `a tenant file may not refer to "${fileName}"`,
      remedy: 'remove the comment',
    });
  }
  for (const node of nodesBelow(source)) {
    const specifier = specifierOf(node);
    if (specifier && !(typescript.isStringLiteralLike(specifier) && allowed(specifier.text))) {
      refuse(specifier, specifier.getText(source));
    }
    if (typescript.isCallExpression(node) && node.expression.kind === typescript.SyntaxKind.ImportKeyword) {
      refuse(node, 'anything while it runs');
    }
    if (typescript.isMetaProperty(node)) refuse(node, `with ${node.getText(source)}`);
    // It would change what the compiler knows of other files, other tenants' among them.
    if (typescript.isModuleDeclaration(node)) refuse(node, 'or change the types of another module');
  }
  return problems;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (typescript.isImportDeclaration(node)) return node.moduleSpecifier;
  if (typescript.isExportDeclaration(node)) return node.moduleSpecifier;
  if (typescript.isExternalModuleReference(node)) return node.expression;
  if (typescript.isImportTypeNode(node))
    return typescript.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  return undefined;
}
