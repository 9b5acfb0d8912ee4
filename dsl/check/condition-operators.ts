import ts from 'typescript';
import { operators } from '../policy/operators.ts';
import type { Problem } from './problem.ts';
import { nodesBelow, siteOf } from './source-file.ts';

/** Methods whose functions make conditions. */
const TAKES_CONDITION = new Set(['when', 'unless', 'has', 'is']);
const VARIABLES = new Set(['principal', 'resource', 'context']);
/** Calls of these make conditions wherever they stand; `has` and `exists` belong to sets and files as well. */
const MAKES_CONDITION = new Set([...operators.keys()].filter((name) => name !== 'has' && name !== 'exists'));

const BINARY = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.BarBarToken, '.or()'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '.and()'],
  [ts.SyntaxKind.QuestionQuestionToken, '.orElse()'],
  [ts.SyntaxKind.EqualsEqualsToken, '.eq()'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '.eq()'],
  [ts.SyntaxKind.ExclamationEqualsToken, '.ne()'],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '.ne()'],
  [ts.SyntaxKind.LessThanToken, '.lt()'],
  [ts.SyntaxKind.LessThanEqualsToken, '.lte()'],
  [ts.SyntaxKind.GreaterThanToken, '.gt()'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '.gte()'],
  [ts.SyntaxKind.InKeyword, '.in() or .has()'],
  [ts.SyntaxKind.InstanceOfKeyword, '.is()'],
  [ts.SyntaxKind.BarBarEqualsToken, '.or()'],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, '.and()'],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, '.orElse()'],
]);

interface Misuse {
  readonly node: ts.Node;
  /** What the operator is applied to. */
  readonly operands: readonly ts.Node[];
  readonly written: string;
  readonly instead: string;
}

/**
 * JavaScript's own operators in conditions, at the operator. `a || b` is `a` before anybody could see `b`: neither the
 * compiler nor the builder can notice, so the text is the only witness.
 */
export function operatorProblems(source: ts.SourceFile): Problem[] {
  const conditions = [...conditionsIn(source)];
  const inCondition = (node: ts.Node): boolean =>
    conditions.some((condition) => condition.pos <= node.pos && node.end <= condition.end);
  return [...nodesBelow(source)].flatMap((node): Problem[] => {
    const misuse = misuseOf(node);
    if (!misuse || !(inCondition(node) || misuse.operands.some(makesCondition))) return [];
    return [
      {
        site: siteOf(source, misuse.node),
        code: 'JAVASCRIPT_OPERATOR',
        message: `${misuse.written} is evaluated by JavaScript, long before a request comes`,
        remedy: `write ${misuse.instead}; compute plain values outside of conditions`,
      },
    ];
  });
}

/** Functions given to `.when()` and the like, by name too, and any that take `principal`, `resource` or `context`. */
function* conditionsIn(source: ts.SourceFile): Generator<ts.Node> {
  const named = new Set<string>();
  for (const node of nodesBelow(source)) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    if (!TAKES_CONDITION.has(node.expression.name.text)) continue;
    for (const argument of node.arguments) {
      if (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) yield argument;
      if (ts.isIdentifier(argument)) named.add(argument.text);
    }
  }
  for (const node of nodesBelow(source)) {
    if (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) {
      if (node.name && ts.isIdentifier(node.name) && named.has(node.name.text)) yield node;
    }
    if (ts.isFunctionLike(node) && node.parameters.some(takesVariable)) yield node;
  }
}

const takesVariable = ({ name }: ts.ParameterDeclaration): boolean =>
  ts.isIdentifier(name)
    ? VARIABLES.has(name.text)
    : name.elements.some((element) => {
        if (!ts.isBindingElement(element)) return false;
        const taken = element.propertyName ?? element.name;
        return ts.isIdentifier(taken) && VARIABLES.has(taken.text);
      });

function misuseOf(node: ts.Node): Misuse | undefined {
  if (ts.isBinaryExpression(node)) {
    const { operatorToken, left, right } = node;
    const instead = BINARY.get(operatorToken.kind);
    return instead === undefined
      ? undefined
      : { node: operatorToken, operands: [left, right], written: operatorToken.getText(), instead };
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return { node, operands: [node.operand], written: '!', instead: '.not()' };
  }
  if (ts.isConditionalExpression(node)) {
    const { condition, whenTrue, whenFalse, questionToken } = node;
    const operands = [condition, whenTrue, whenFalse];
    return { node: questionToken, operands, written: '?:', instead: '.ifElse()' };
  }
  if (ts.isIfStatement(node)) {
    return { node, operands: [node.expression], written: 'if', instead: '.ifElse() or .and()' };
  }
  return undefined;
}

function makesCondition(operand: ts.Node): boolean {
  if (ts.isParenthesizedExpression(operand)) return makesCondition(operand.expression);
  return (
    ts.isCallExpression(operand) &&
    ts.isPropertyAccessExpression(operand.expression) &&
    MAKES_CONDITION.has(operand.expression.name.text)
  );
}
