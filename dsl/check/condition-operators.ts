import type ts from 'typescript';
import { typescript } from './typescript.ts';
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
  [typescript.SyntaxKind.BarBarToken, '.or()'],
  [typescript.SyntaxKind.AmpersandAmpersandToken, '.and()'],
  [typescript.SyntaxKind.QuestionQuestionToken, '.orElse()'],
  [typescript.SyntaxKind.EqualsEqualsToken, '.eq()'],
  [typescript.SyntaxKind.EqualsEqualsEqualsToken, '.eq()'],
  [typescript.SyntaxKind.ExclamationEqualsToken, '.ne()'],
  [typescript.SyntaxKind.ExclamationEqualsEqualsToken, '.ne()'],
  [typescript.SyntaxKind.LessThanToken, '.lt()'],
  [typescript.SyntaxKind.LessThanEqualsToken, '.lte()'],
  [typescript.SyntaxKind.GreaterThanToken, '.gt()'],
  [typescript.SyntaxKind.GreaterThanEqualsToken, '.gte()'],
  [typescript.SyntaxKind.InKeyword, '.in() or .has()'],
  [typescript.SyntaxKind.InstanceOfKeyword, '.is()'],
  [typescript.SyntaxKind.BarBarEqualsToken, '.or()'],
  [typescript.SyntaxKind.AmpersandAmpersandEqualsToken, '.and()'],
  [typescript.SyntaxKind.QuestionQuestionEqualsToken, '.orElse()'],
]);

const LOSES_RIGHT = new Set([
  typescript.SyntaxKind.BarBarToken,
  typescript.SyntaxKind.BarBarEqualsToken,
  typescript.SyntaxKind.QuestionQuestionToken,
  typescript.SyntaxKind.QuestionQuestionEqualsToken,
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
  if (typescript.isBinaryExpression(node)) {
    const { operatorToken, left, right } = node;
    const instead = BINARY.get(operatorToken.kind);
    return instead === undefined
      ? undefined
      : { node: operatorToken, operands: [left, right], written: operatorToken.getText(), instead };
  }
  if (typescript.isPrefixUnaryExpression(node) && node.operator === typescript.SyntaxKind.ExclamationToken) {
    return { node, operands: [node.operand], written: '!', instead: '.not()' };
  }
  if (typescript.isConditionalExpression(node)) {
    const { condition, whenTrue, whenFalse, questionToken } = node;
    const operands = [condition, whenTrue, whenFalse];
    return { node: questionToken, operands, written: '?:', instead: '.ifElse()' };
  }
  if (typescript.isIfStatement(node)) {
    return { node, operands: [node.expression], written: 'if', instead: '.ifElse() or .and()' };
  }
  return undefined;
}

/** What an expression is without parentheses and assertions: `(a as any)!` is `a`. */
function bare(node: ts.Node): ts.Node {
  return typescript.isParenthesizedExpression(node) ||
    typescript.isAsExpression(node) ||
    typescript.isSatisfiesExpression(node) ||
    typescript.isTypeAssertionExpression(node) ||
    typescript.isNonNullExpression(node)
    ? bare(node.expression)
    : node;
}

/** Whether a chain of calls and properties holds an operator, or begins with a function of the language. */
function makesCondition(operand: ts.Node): boolean {
  const node = bare(operand);
  if (typescript.isPropertyAccessExpression(node)) return makesCondition(node.expression);
  if (!typescript.isCallExpression(node)) return false;
  const callee = bare(node.expression);
  if (typescript.isIdentifier(callee)) return OF_THE_LANGUAGE.has(callee.text);
  if (!typescript.isPropertyAccessExpression(callee)) return false;
  const name = callee.name.text;
  return MAKES_CONDITION.has(name) || OF_THE_LANGUAGE.has(name) || makesCondition(callee.expression);
}

/**
 * `(s) => s.resource.public || s.resource.archived` may be a condition of another file. Of all operators only this
 * loses an operand without a trace, so it is refused between properties of parameters wherever it stands.
 */
function losesOperand(node: ts.Node): boolean {
  return (
    typescript.isBinaryExpression(node) &&
    LOSES_RIGHT.has(node.operatorToken.kind) &&
    [node.left, node.right].every(isPropertyOfParameter)
  );
}

function isPropertyOfParameter(operand: ts.Node): boolean {
  let root = bare(operand);
  if (!typescript.isPropertyAccessExpression(root)) return false;
  while (typescript.isPropertyAccessExpression(root)) root = bare(root.expression);
  return typescript.isIdentifier(root) && isParameter(root, root.text);
}

function isParameter(inside: ts.Node, name: string): boolean {
  const enclosing = typescript.findAncestor(inside.parent, typescript.isFunctionLike);
  if (!enclosing) return false;
  return (
    enclosing.parameters.some((parameter) => binds(parameter.name, name)) || isParameter(enclosing, name)
  );
}

const binds = (bound: ts.BindingName, name: string): boolean =>
  typescript.isIdentifier(bound)
    ? bound.text === name
    : bound.elements.some((element) => typescript.isBindingElement(element) && binds(element.name, name));
