import { canErr } from '../../cedar/known.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { printPolicy } from '../../cedar/print.ts';
import { inTokenForm, TOKEN_ATTRIBUTE, type TokenForm } from '../../cedar/token-form.ts';
import type { StoreSchema } from '../tenants/tenant.ts';
import { findingsOf } from './findings.ts';
import type { Projected } from './gateway.ts';
import { policyLimits } from './limits.ts';
import type { ModeArgs } from './decision-mode.ts';
import type { Printed } from './printed.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';
import { NEVER_MATCHES } from './validate.ts';

/** As long as the id of a user pool can be (Cognito API Reference, UserPoolIdType): no real one is known yet. */
const POOL_ID = 'x'.repeat(55);
const REMEDY = "write it differently, or take decisionMode 'verified-permissions'";

/** Policies that have no form for questions with a token, which only the deployment could tell otherwise. */
export function withTokenProblems(args: ModeArgs): Problem[] {
  const { definition, projected, model, schemas, at } = args;
  const { slug, kind, tokenUse } = definition;
  const taken = Object.entries(model.actions).find(([, { context }]) =>
    Object.hasOwn(context, TOKEN_ATTRIBUTE),
  );
  if (taken) {
    const message = `the context of "${taken[0]}" has an attribute "${TOKEN_ATTRIBUTE}", where Verified Permissions puts the claims of tokens`;
    return [
      { site: at, code: 'MODE_WITH_TOKEN', message, remedy: "take decisionMode 'verified-permissions'" },
    ];
  }
  const form: TokenForm = { model, slug, kind, use: tokenUse, userPoolId: POOL_ID };
  const schema = schemas.withToken(kind, tokenUse);
  const rewritten = projected.map((each) => rewrite(each, form, schema));
  return [
    ...rewritten.flatMap(({ problems }) => problems),
    ...policyLimits(
      rewritten.flatMap(({ printed }) => printed ?? []),
      at,
    ),
  ];
}

interface Rewritten {
  readonly printed?: Printed;
  readonly problems: readonly Problem[];
}

function rewrite({ of, policy, actions }: Projected, form: TokenForm, schema: StoreSchema): Rewritten {
  try {
    const inForm = inTokenForm(policy, form);
    const text = printPolicy(inForm, { prefix: form.userPoolId });
    const unprefixed = printPolicy(inForm, { prefix: '' });
    const findings = findingsOf(schema, { text, unprefixed, actions }).filter(
      ({ severity }) => severity === 'error',
    );
    const neverApplies = findings.length > 0 && findings.every(({ code }) => NEVER_MATCHES.has(code));
    // Left out of the store it could not err any more, and an error is a deny.
    const isMissed = neverApplies && policy.clauses.some(({ body }) => canErr(body));
    const messages = neverApplies
      ? isMissed
        ? ["it never applies to this tenant's principals, but could fail to be evaluated for them"]
        : []
      : findings.map(({ message }) => printable(message));
    return {
      ...(!neverApplies && { printed: { ...of, policy: inForm, text, unprefixed } }),
      problems: messages.map((message) => ({
        site: of.site,
        code: 'MODE_WITH_TOKEN',
        message: `policy "${policy.id}" has no form for IsAuthorizedWithToken: ${message}`,
        remedy: REMEDY,
      })),
    };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const { code, message, remedy } = error;
    return { problems: [{ site: error.site ?? of.site, code, message: printable(message), remedy }] };
  }
}
