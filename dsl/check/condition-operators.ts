import ts from 'typescript';
import { operators } from '../policy/operators.ts';
import { conditionsIn } from './conditions.ts';
import type { Problem } from './problem.ts';
import { nodesBelow, siteOf } from './source-file.ts';

/** Calls of these make conditions wherever they stand; `has` and `exists` belong to sets and files as well. */
const MAKES_CONDITION = new Set([...operators.keys()].filter((name) => name !== 'has' && name !== 'exists'));
/** Functions of the language: what they return is always an expression or a policy. */
const OF_THE_LANGUAGE = new Set([
  'permit', 'forbid', 'link', 'entity', 'group', 'value', 'set', 'record', 'ip', 'decimal', 'datetime', 'duration',
]); // prettier-ignore

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

const LOSES_RIGHT = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
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
  const conditions = conditionsIn(source);
  const inCondition = (node: ts.Node): boolean =>
    conditions.some((condition) => condition.pos <= node.pos && node.end <= condition.end);
  return [...nodesBelow(source)].flatMap((node): Problem[] => {
    const misuse = misuseOf(node);
    if (!misuse || !(inCondition(node) || misuse.operands.some(makesCondition) || losesOperand(node)))
      return [];
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

/** What an expression is without parentheses and assertions: `(a as any)!` is `a`. */
function bare(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node)
    ? bare(node.expression)
    : node;
}

/** Whether a chain of calls and properties holds an operator, or begins with a function of the language. */
function makesCondition(operand: ts.Node): boolean {
  const node = bare(operand);
  if (ts.isPropertyAccessExpression(node)) return makesCondition(node.expression);
  if (!ts.isCallExpression(node)) return false;
  const callee = bare(node.expression);
  if (ts.isIdentifier(callee)) return OF_THE_LANGUAGE.has(callee.text);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const name = callee.name.text;
  return MAKES_CONDITION.has(name) || OF_THE_LANGUAGE.has(name) || makesCondition(callee.expression);
}

/**
 * `(s) => s.resource.public || s.resource.archived` may be a condition of another file. Of all operators only this
 * loses an operand without a trace, so it is refused between properties of parameters wherever it stands.
 */
function losesOperand(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    LOSES_RIGHT.has(node.operatorToken.kind) &&
    [node.left, node.right].every(isPropertyOfParameter)
  );
}

function isPropertyOfParameter(operand: ts.Node): boolean {
  let root = bare(operand);
  if (!ts.isPropertyAccessExpression(root)) return false;
  while (ts.isPropertyAccessExpression(root)) root = bare(root.expression);
  return ts.isIdentifier(root) && isParameter(root, root.text);
}

function isParameter(inside: ts.Node, name: string): boolean {
  const enclosing = ts.findAncestor(inside.parent, ts.isFunctionLike);
  if (!enclosing) return false;
  return (
    enclosing.parameters.some((parameter) => binds(parameter.name, name)) || isParameter(enclosing, name)
  );
}

const binds = (bound: ts.BindingName, name: string): boolean =>
  ts.isIdentifier(bound)
    ? bound.text === name
    : bound.elements.some((element) => ts.isBindingElement(element) && binds(element.name, name));
