import type ts from 'typescript';
import { typescript } from './typescript.ts';
import type { Problem } from './problem.ts';
import { nodesBelow, siteOf } from './source-file.ts';

/** What would reach the process, the network or other code. None of them exists where tenant files run. */
const GLOBALS = new Set([
  'eval', 'Function', 'process', 'globalThis', 'global', 'require', 'module', 'Buffer', 'fetch', 'XMLHttpRequest',
  'WebSocket', 'EventSource', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'Proxy', 'Reflect',
]); // prettier-ignore

/** The ways from a value to the code that made it. */
const MEMBERS = new Set(['constructor', '__proto__', 'prototype', '__defineGetter__', '__lookupGetter__']);

/**
 * Names that data and policies have no use for. Computed names (`x['con' + 'structor']`) are not seen here: files run
 * in a context where they lead nowhere.
 */
export function nameProblems(source: ts.SourceFile): Problem[] {
  const problems: Problem[] = [];
  for (const node of nodesBelow(source)) {
    const name = forbidden(node);
    if (name === undefined) continue;
    problems.push({
      site: siteOf(source, node),
      code: 'FORBIDDEN_NAME',
      message: `a tenant file may not use "${name}"`,
      remedy: 'a tenant is data and policies: leave everything else out, or choose another name',
    });
  }
  return problems;
}

function forbidden(node: ts.Node): string | undefined {
  if (typescript.isIdentifier(node)) {
    if (MEMBERS.has(node.text)) return node.text;
    return GLOBALS.has(node.text) && isReference(node) ? node.text : undefined;
  }
  if (!typescript.isStringLiteralLike(node) || !MEMBERS.has(node.text)) return undefined;
  const { parent } = node;
  const isMember = typescript.isElementAccessExpression(parent) || typescript.isComputedPropertyName(parent);
  return isMember || (isNamed(parent) && parent.name === node) ? node.text : undefined;
}

/** `process` in `process.env`, not in `resource.process` or `{ process: 1 }`. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (typescript.isTypeReferenceNode(parent)) return false;
  if (typescript.isShorthandPropertyAssignment(parent)) return true;
  if (typescript.isBindingElement(parent)) return parent.propertyName !== node;
  return !(isNamed(parent) && parent.name === node);
}

const isNamed = (
  node: ts.Node,
): node is
  | ts.PropertyAccessExpression
  | ts.PropertyAssignment
  | ts.PropertySignature
  | ts.MethodDeclaration =>
  typescript.isPropertyAccessExpression(node) ||
  typescript.isPropertyAssignment(node) ||
  typescript.isPropertySignature(node) ||
  typescript.isMethodDeclaration(node);
