import { type ParseError, parseErrors, parsePolicy } from './parse.ts';
import { EngineError, withEngine } from './wasm.ts';
import type { ValidationError } from '@cedar-policy/cedar-wasm/nodejs';

/** One mistake that Cedar's strict validator found in one policy. */
export interface Finding extends ParseError {
  readonly policyId: string;
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
}

export type FindingCode =
  | 'SYNTAX' | 'UNKNOWN_ACTION' | 'UNKNOWN_TYPE' | 'UNKNOWN_ATTRIBUTE' | 'UNSAFE_ACCESS' | 'INVALID_POLICY'
  | 'ACTION_NEVER_APPLIES' | 'IMPOSSIBLE_POLICY' | 'SUSPICIOUS_TEXT'; // prettier-ignore

const ERROR_CODES: readonly (readonly [RegExp, FindingCode])[] = [
  [/^unrecognized action /, 'UNKNOWN_ACTION'],
  [/^unrecognized entity type /, 'UNKNOWN_TYPE'],
  [/^attribute .* not found$/, 'UNKNOWN_ATTRIBUTE'],
  [/^unable to guarantee safety of access/, 'UNSAFE_ACCESS'],
];

// Verified Permissions refuses a policy for either (ValidationException: ImpossiblePolicy, InvalidActionApplication),
// where the engine only warns.
const PROMOTED: readonly (readonly [RegExp, FindingCode])[] = [
  [/unable to find an applicable action/, 'ACTION_NEVER_APPLIES'],
  [/policy is impossible/, 'IMPOSSIBLE_POLICY'],
];

const codeOf = (
  message: string,
  codes: readonly (readonly [RegExp, FindingCode])[],
): FindingCode | undefined => codes.find(([pattern]) => pattern.test(message))?.[1];

const read = ({ policyId, error }: ValidationError): ParseError & { policyId: string } => {
  const [detail] = parseErrors([error]);
  return { ...detail!, message: detail!.message.replace(/^for policy `[^`]*`, /, ''), policyId };
};

const errorFinding = (error: ValidationError): Finding => {
  const detail = read(error);
  return { ...detail, severity: 'error', code: codeOf(detail.message, ERROR_CODES) ?? 'INVALID_POLICY' };
};

const warningFinding = (warning: ValidationError): Finding => {
  const detail = read(warning);
  const promoted = codeOf(detail.message, PROMOTED);
  return promoted
    ? { ...detail, severity: 'error', code: promoted }
    : { ...detail, severity: 'warning', code: 'SUSPICIOUS_TEXT' };
};

/** A policy that does not type-check is also "impossible", and one without an action too: only the cause is told. */
const withoutFollowUps = (findings: readonly Finding[]): Finding[] => {
  const rank = ({ code }: Finding): number =>
    code === 'IMPOSSIBLE_POLICY' ? 2 : code === 'ACTION_NEVER_APPLIES' ? 1 : 0;
  const cause = new Map<string, number>();
  for (const finding of findings.filter(({ severity }) => severity === 'error')) {
    cause.set(finding.policyId, Math.min(rank(finding), cause.get(finding.policyId) ?? Infinity));
  }
  return findings.filter(
    (finding) => rank(finding) <= (cause.get(finding.policyId) ?? Infinity) || rank(finding) === 0,
  );
};

const byPlace = (a: Finding, b: Finding): number =>
  a.policyId.localeCompare(b.policyId, 'en') ||
  a.start - b.start ||
  a.end - b.end ||
  a.message.localeCompare(b.message, 'en');

/**
 * Validates policies strictly, as Verified Permissions does. A policy that can never apply is an error with code
 * `IMPOSSIBLE_POLICY` or `ACTION_NEVER_APPLIES`: of a guardrail it means that the schema already enforces it.
 * @throws {EngineError} when the schema itself is invalid or the engine fails
 */
export function validate(input: {
  /** Cedar's JSON form, as an object or as text. */
  readonly schema: object | string;
  /** Policy id -> Cedar text. */
  readonly policies: Readonly<Record<string, string>>;
  /** Template id -> Cedar text. */
  readonly templates?: Readonly<Record<string, string>>;
}): Finding[] {
  const { policies, templates = {} } = input;
  const schema: object = typeof input.schema === 'string' ? JSON.parse(input.schema) : input.schema;
  const answer = withEngine((cedar) =>
    cedar.validate({ schema, policies: { staticPolicies: policies, templates, templateLinks: [] } }),
  );
  if (answer.type === 'success') {
    const findings = [
      ...answer.validationErrors.map(errorFinding),
      ...answer.validationWarnings.map(warningFinding),
    ];
    return withoutFollowUps(findings).sort(byPlace);
  }
  // One text that is no policy fails the whole call without an id that could be relied on.
  const syntax = Object.entries({ ...policies, ...templates }).flatMap(([policyId, text]): Finding[] => {
    const parsed = parsePolicy(text);
    return parsed.ok
      ? []
      : parsed.errors.map((error) => ({ ...error, policyId, severity: 'error', code: 'SYNTAX' }));
  });
  if (syntax.length > 0) return syntax.sort(byPlace);
  throw new EngineError(`the schema is invalid: ${answer.errors.map(({ message }) => message).join('; ')}`);
}
