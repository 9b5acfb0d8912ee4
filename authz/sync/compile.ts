import type { Policy } from '../../cedar/ast.ts';
import { checkDepth } from '../../cedar/depth.ts';
import { type Finding, validate } from '../../cedar/engine.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import { LIMITS, utf8Bytes } from '../../cedar/limits.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { printPolicy } from '../../cedar/print.ts';
import { inTokenForm, type TokenForm } from '../../cedar/token-form.ts';
import type { SnapshotPolicy } from '../tables/sync-state.ts';
import { readPolicy } from './read-policy.ts';

/** JSON texts of the schemas that the two stores of a tenant have. */
export interface Schemas {
  readonly full: string;
  readonly gateway: string;
}

/** What the gateway can decide of a policy; undefined: nothing. */
export type Project = (policy: Policy) => Policy | undefined;

/** What the gateway's store is to hold. */
export interface GatewayForm {
  readonly project: Project;
  /** Where the store is asked with tokens. */
  readonly token?: TokenForm | undefined;
}

export interface Compiled {
  /** In the order of the texts, those without a fault. */
  readonly policies: readonly SnapshotPolicy[];
  /** Policy id -> `[CODE] what is wrong — what to do`. */
  readonly rejected: ReadonlyMap<string, string>;
}

const GUARDRAIL = 'guardrail-';

/**
 * Checks policies once more as the two stores will, and projects them for the gateway.
 * @param texts our id of a policy -> its text
 * @throws {EngineError} when a schema is invalid or the engine fails on the policies together
 */
export function compile(texts: ReadonlyMap<string, string>, schemas: Schemas, form: GatewayForm): Compiled {
  const rejected = new Map<string, string>();
  /** Drops what throws, and remembers why. */
  const each = <A extends { id: string }, B>(all: readonly A[], step: (one: A) => B): B[] =>
    all.flatMap((one) => {
      try {
        return [step(one)];
      } catch (error) {
        rejected.set(one.id, reasonOf(error));
        return [];
      }
    });

  const named = [...texts].map(([id, statement]) => ({ id, statement }));
  const read = each(named, (one) => ({ ...one, ast: readChecked(one.id, one.statement) }));
  const faults = findingsById(schemas.full, read);
  const sound = each(read, (one) => ({ ...one, impossible: checkFindings(one.id, faults.get(one.id)) }));
  const projected = each(sound, (one) => ({
    ...one,
    ...(!one.impossible && projectedTexts(one.ast, form)),
  }));
  const gatewayFaults = findingsById(
    schemas.gateway,
    projected.flatMap(({ id, stored: statement }) => (statement ? { id, statement } : [])),
  );
  const policies = each(
    projected,
    ({ id, statement, impossible, stored, gatewayStatement }): SnapshotPolicy => {
      const kept = stored !== undefined && !checkGatewayFindings(gatewayFaults.get(id));
      return {
        id,
        statement,
        sha256: sha256Hex(statement),
        // Without a token form the store's schema is the one that the plain text is checked by.
        ...(gatewayStatement !== undefined && (kept || form.token) && { gatewayStatement }),
        ...(kept && form.token && { tokenStatement: stored }),
        ...(impossible && { impossible }),
      };
    },
  );
  return { policies, rejected };
}

function readChecked(id: string, statement: string): Policy {
  const bytes = utf8Bytes(statement);
  if (bytes > LIMITS.policyBytes) {
    throw fault(
      'POLICY_TOO_LARGE',
      `the policy has ${bytes} bytes, the limit is ${LIMITS.policyBytes}`,
      'split it',
    );
  }
  const policy = readPolicy(id, statement);
  checkDepth(policy);
  return policy;
}

/** As the engine reads it, every id in the text is whole: no prefix is missing. */
function projectedTexts(
  policy: Policy,
  { project, token }: GatewayForm,
): { readonly gatewayStatement?: string; readonly stored?: string } {
  const projected = project(policy);
  if (!projected) return {};
  const gatewayStatement = printPolicy(projected, { prefix: '' });
  if (!token) return { gatewayStatement, stored: gatewayStatement };
  const stored = printPolicy(inTokenForm(projected, token), { prefix: token.userPoolId });
  return { gatewayStatement, stored };
}

function findingsById(
  schema: string,
  policies: readonly { readonly id: string; readonly statement: string }[],
): Map<string, Finding[]> {
  if (policies.length === 0) return new Map();
  const texts = Object.fromEntries(policies.map(({ id, statement }) => [id, statement]));
  const errors = validate({ schema, policies: texts }).filter(({ severity }) => severity === 'error');
  const byId = new Map<string, Finding[]>();
  for (const error of errors) byId.set(error.policyId, [...(byId.get(error.policyId) ?? []), error]);
  return byId;
}

const isNever = ({ code }: Finding): boolean =>
  code === 'IMPOSSIBLE_POLICY' || code === 'ACTION_NEVER_APPLIES';

/** @returns true for a guardrail that the schema already enforces */
function checkFindings(id: string, findings: readonly Finding[] = []): true | undefined {
  const [first] = findings;
  if (!first) return undefined;
  if (id.startsWith(GUARDRAIL) && findings.every(isNever)) return true;
  throw faultOf(first, 'correct the policy, or the schema that it was written for');
}

/**
 * A policy that is left out cannot fail to evaluate there either: where it would, over an integer that overflows, the
 * gateway says nothing of it, and only the backend, which has the whole policy, can deny for it.
 * @returns whether the gateway can leave the policy out, because nothing that it can know makes it apply
 */
function checkGatewayFindings(findings: readonly Finding[] = []): boolean {
  if (findings.length > 0 && findings.every(isNever)) return true;
  const [first] = findings;
  if (first) throw faultOf(first, "this is a fault of the projection: report it with the policy's text");
  return false;
}

const faultOf = ({ code, message, help }: Finding, remedy: string): PolicyError =>
  fault(code, message, help ?? remedy);

const fault = (code: string, message: string, remedy: string): PolicyError =>
  new PolicyError({ code, message, remedy });

/** Why a policy is refused, in the form that reports of problems have everywhere. */
export function reasonOf(error: unknown): string {
  if (error instanceof PolicyError) return `[${error.code}] ${error.message} — ${error.remedy}`;
  const name = error instanceof Error ? error.name : typeof error;
  return `[POLICY_UNREADABLE] the policy cannot be processed (${name}) — write it more simply`;
}
