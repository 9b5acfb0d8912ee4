import { balance, balanceClauses } from './balance.ts';
import type { ActionScope, Clause, EntityLiteral, EntityScope, Expr, Policy, Site, Slot } from './ast.ts';
import { checkDepth } from './depth.ts';
import { isAnnotationName } from './names.ts';
import { PolicyError } from './policy-error.ts';
import { LEVEL, type PrintOptions, exprRope, operandRope, printEntity, typeName } from './print-expr.ts';
import { quote } from './quote.ts';
import { type Rope, type Span, flatten, join, place, ropeLength } from './rope.ts';

export type { PrintOptions } from './print-expr.ts';
export type { Span } from './rope.ts';

const LINE_WIDTH = 100;

const target = (of: EntityLiteral | Slot, options: PrintOptions): string =>
  'slot' in of ? `?${of.slot}` : printEntity(of, options);

const printScope = (
  variable: 'principal' | 'resource',
  scope: EntityScope,
  options: PrintOptions,
): string => {
  switch (scope.kind) {
    case 'any':
      return variable;
    case '==':
    case 'in':
      return `${variable} ${scope.kind} ${target(scope.entity, options)}`;
    case 'is':
      return `${variable} is ${typeName(scope.type)}`;
    default:
      return `${variable} is ${typeName(scope.type)} in ${target(scope.entity, options)}`;
  }
};

const printActions = (scope: ActionScope, options: PrintOptions): string => {
  if (scope.kind === 'any') return 'action';
  if (scope.kind === '==') return `action == ${printEntity(scope.action, options)}`;
  const actions = scope.actions.map((action) => printEntity(action, options));
  return actions.length === 1 ? `action in ${actions[0]}` : `action in [${actions.join(', ')}]`;
};

/** Effect and scope: what makes a policy another policy to a store. */
export const printHead = ({ effect, principal, action, resource }: Policy, options: PrintOptions): string =>
  `${effect} (
  ${printScope('principal', principal, options)},
  ${printActions(action, options)},
  ${printScope('resource', resource, options)}
)`;

/** On one line where it fits, else one operand of the outermost chain a line. */
const printBody = (body: Expr, options: PrintOptions): Rope => {
  const line = exprRope(body, options);
  if (ropeLength(line) <= LINE_WIDTH) return ['{ ', line, ' }'];
  const outer = body.kind === 'and' || body.kind === 'or' ? balance(body) : body;
  if (outer.kind !== 'and' && outer.kind !== 'or') return ['{\n  ', line, '\n}'];
  const lines = outer.of.map((operand) => operandRope(operand, LEVEL.relation, options));
  return ['{\n  ', place(join(lines, outer.kind === 'and' ? ' &&\n  ' : ' ||\n  '), body.at), '\n}'];
};

const printClause = ({ kind, body, at }: Clause, options: PrintOptions): Rope =>
  place([`${kind} `, printBody(body, options)], at);

const printAnnotation = (name: string, value: string, at: Site | undefined): string => {
  // No value and the empty text are the same to Cedar.
  if (isAnnotationName(name)) return value === '' ? `@${name}` : `@${name}(${quote(value)})`;
  throw new PolicyError({
    code: 'ANNOTATION_NAME_INVALID',
    message: `${JSON.stringify(name)} cannot name an annotation`,
    remedy: 'use letters, digits and underscores',
    site: at,
  });
};

/** In the order of their names: the engine keeps no other. */
const printAnnotations = ({ annotations, at }: Policy): string[] =>
  Object.entries(annotations)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => printAnnotation(name, value, at));

const policyRope = (policy: Policy, options: PrintOptions): Rope => {
  checkDepth(policy);
  try {
    const clauses = balanceClauses(policy.clauses).map((clause) => printClause(clause, options));
    return place(
      [join([...printAnnotations(policy), printHead(policy, options), ...clauses], '\n'), ';'],
      policy.at,
    );
  } catch (error) {
    if (!(error instanceof PolicyError) || error.site || !policy.at) throw error;
    throw new PolicyError({
      code: error.code,
      message: error.message,
      remedy: error.remedy,
      site: policy.at,
    });
  }
};

/**
 * The Cedar text of a policy: the same AST and prefix always give the same text.
 * @throws {PolicyError} when the policy has no Cedar text: nested too deep, an integer past 64 bits, an invalid name.
 */
export const printPolicy = (policy: Policy, options: PrintOptions): string =>
  flatten(policyRope(policy, options)).text;

/** As `printPolicy`, with the spans that lead from the text back to the source; see `siteAt`. */
export const printLocated = (policy: Policy, options: PrintOptions): { text: string; spans: Span[] } =>
  flatten(policyRope(policy, options));

/** The Cedar text of an expression, for messages and reports. @throws {PolicyError} as `printPolicy`. */
export const printExpr = (expr: Expr, options: PrintOptions): string => flatten(exprRope(expr, options)).text;
