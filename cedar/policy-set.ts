import type { AuthorizationResult } from './request.ts';
import type { Detail } from './parse.ts';
import { type Cedar, EngineError, RequestRefused, withEngine } from './wasm.ts';

/** Policies and templates by id, as Cedar text or JSON form, and the links of templates. */
export interface PolicySetSource {
  readonly staticPolicies: Readonly<Record<string, string | object>>;
  readonly templates: Readonly<Record<string, string | object>>;
  readonly templateLinks: readonly {
    readonly templateId: string;
    readonly newId: string;
    readonly values: Readonly<Record<string, object>>;
  }[];
}

/** A request as a file has it. With a schema, the engine reads values by their types and refuses what does not fit. */
export interface SchemaRequest {
  readonly principal: object;
  readonly action: object;
  readonly resource: object;
  readonly context: object;
  readonly entities: readonly object[];
}

/** A whole policy set beside its schema, as the Cedar command line has them. */
export interface PolicySet {
  /** What the strict validator says, warnings too; nothing without a schema. */
  readonly findings: readonly string[];
  /** @throws RequestRefused with the reason, EngineError */
  readonly authorize: (request: SchemaRequest) => AuthorizationResult;
}

const reasons = (details: readonly Detail[]): string =>
  details.map(({ message, help }) => (help === null ? message : `${message} (${help})`)).join('; ');

/** The engine knows sets and schemas by name, and a second of one name would answer for the first. */
let made = 0;

/**
 * Reads a policy set and the schema (Cedar's text or JSON form) that it is for. The engine keeps both as long as it
 * lives: they are for commands and tests, which end.
 * @throws EngineError with the reasons when one of them does not parse
 */
export function preparePolicySet(policies: PolicySetSource, schema?: string | object): PolicySet {
  const name = `policy set ${++made}`;
  const holding = new WeakSet<Cedar>();
  const ensureHeld = (cedar: Cedar): void => {
    if (holding.has(cedar)) return;
    const read = cedar.preparsePolicySet(name, policies);
    if (read.type === 'failure') throw new EngineError(`the policies do not parse: ${reasons(read.errors)}`);
    const known = schema === undefined ? read : cedar.preparseSchema(name, schema);
    if (known.type === 'failure')
      throw new EngineError(`the schema does not parse: ${reasons(known.errors)}`);
    holding.add(cedar);
  };
  withEngine(ensureHeld);
  return {
    findings: schema === undefined ? [] : findingsOf(policies, schema),
    authorize: (request) =>
      withEngine((cedar) => {
        ensureHeld(cedar);
        const typed = schema === undefined ? {} : { preparsedSchemaName: name, validateRequest: true };
        const answer = cedar.statefulIsAuthorized({ ...request, ...typed, preparsedPolicySetId: name });
        if (answer.type === 'failure') throw new RequestRefused(reasons(answer.errors));
        const { decision, diagnostics } = answer.response;
        return {
          decision,
          reasons: diagnostics.reason.toSorted(),
          errors: diagnostics.errors.map(({ policyId, error }) => ({ id: policyId, message: error.message })),
        };
      }),
  };
}

function findingsOf(policies: PolicySetSource, schema: string | object): string[] {
  const answer = withEngine((cedar) => cedar.validate({ schema, policies }));
  if (answer.type === 'failure') throw new EngineError(reasons(answer.errors));
  return [...answer.validationErrors, ...answer.validationWarnings].map(({ error }) => error.message);
}
