import type ts from 'typescript';
import { typescript } from './typescript.ts';
import { nodesBelow } from './source-file.ts';

/** Methods whose functions make conditions, or values that conditions are made of. */
const TAKES_CONDITION = new Set([
  'when',
  'unless',
  'has',
  'is',
  'isIn',
  'tag',
  'ifHas',
  'ifIs',
  'ifPresent',
  'ifTag',
]);
const VARIABLES = new Set(['principal', 'action', 'resource', 'context']);

/**
 * The parts of a file that make conditions: functions given to `.when()` and the like, by name too, any that take
 * `principal`, `resource`, `action` or `context`, and whatever of the file those call.
 */
export function conditionsIn(source: ts.SourceFile): readonly ts.Node[] {
  const declared = declarationsIn(source);
  const found = new Set<ts.Node>();
  const use = (name: string): void => declared.get(name)?.forEach((declaration) => found.add(declaration));
  for (const node of nodesBelow(source)) {
    if (typescript.isFunctionLike(node) && node.parameters.some(takesVariable)) found.add(node);
    if (!typescript.isCallExpression(node) || !typescript.isPropertyAccessExpression(node.expression))
      continue;
    if (!TAKES_CONDITION.has(node.expression.name.text)) continue;
    for (const argument of node.arguments) {
      if (typescript.isArrowFunction(argument) || typescript.isFunctionExpression(argument))
        found.add(argument);
      if (typescript.isIdentifier(argument)) use(argument.text);
    }
  }
  // A set hands out what is added to it meanwhile, too.
  for (const node of found) {
    for (const inner of nodesBelow(node)) {
      if (typescript.isCallExpression(inner) && typescript.isIdentifier(inner.expression))
        use(inner.expression.text);
    }
  }
  return [...found];
}

/** Functions and constants of a file by name. */
function declarationsIn(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Node[]> {
  const declared = new Map<string, ts.Node[]>();
  for (const node of nodesBelow(source)) {
    const isNamed =
      (typescript.isVariableDeclaration(node) || typescript.isFunctionDeclaration(node)) &&
      node.name &&
      typescript.isIdentifier(node.name);
    if (isNamed) declared.set(node.name.text, [...(declared.get(node.name.text) ?? []), node]);
  }
  return declared;
}

const takesVariable = ({ name }: ts.ParameterDeclaration): boolean =>
  typescript.isIdentifier(name)
    ? VARIABLES.has(name.text)
    : name.elements.some((element) => {
        if (!typescript.isBindingElement(element)) return false;
        const taken = element.propertyName ?? element.name;
        return typescript.isIdentifier(taken) && VARIABLES.has(taken.text);
      });
