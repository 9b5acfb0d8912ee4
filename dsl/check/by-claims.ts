import type { ActionFacts } from '../../cedar/gateway-facts.ts';
import { utf8Bytes } from '../../cedar/limits.ts';
import { sceneOf } from '../../cedar/scene.ts';
import { principalTypeOf } from '../../cedar/token-form.ts';
import { isStable } from '../../cedar/token-facts.ts';
import type { ModeArgs } from './decision-mode.ts';
import type { Projected } from './gateway.ts';
import type { Problem } from './problem.ts';

/**
 * Of the names of operations in one token. A gateway takes 10,240 bytes of headers (API Gateway Developer Guide,
 * "Quotas"), of which a token has a third more than its claims, and some 1,500 for all else that it says.
 */
const MOST_BYTES = 4_000;

/** Policies by which nothing can be decided in advance, so that no token can carry what they decide. */
export function byClaimsProblems(args: ModeArgs): Problem[] {
  const { definition, projected, facts, at } = args;
  const unstable = projected
    .filter((each) => operationsOf(each, args).some(({ sensitive }) => !sensitive))
    .filter(({ policy }) => !isStable(policy, facts))
    .map(({ of, policy }) => ({
      site: of.site,
      code: 'MODE_CLAIMS',
      message: `policy "${policy.id}" reads the resource or the context of a request, of which nothing is known when a token is issued`,
      remedy: "take decisionMode 'embedded' or 'hybrid', or let only the service decide it",
    }));
  return [
    ...unstable,
    ...(definition.decisionMode === 'claims' ? sensitivePermits(args) : []),
    ...tooLarge(args).map((found) => ({ site: at, ...found })),
  ];
}

interface Operation {
  readonly name: string;
  readonly key: string;
  readonly sensitive: boolean;
}

/** The operations that a policy can be about, when one of the tenant's principals asks for them. */
function operationsOf({ policy }: Projected, { model, facts, definition }: ModeArgs): Operation[] {
  const [type] = principalTypeOf(model, definition.kind) ?? [];
  const isOwn = ({ principals }: ActionFacts): boolean => principals.includes(`${model.namespace}::${type}`);
  return sceneOf(policy, facts)
    .actions.filter(isOwn)
    .flatMap(({ id }) => {
      const route = model.actions[id]?.route;
      return route ? [{ name: id, key: route.key, sensitive: route.sensitive }] : [];
    });
}

/** What is sensitive is decided afresh each time, which a token cannot do. */
const sensitivePermits = (args: ModeArgs): Problem[] =>
  args.projected
    .filter(({ policy }) => policy.effect === 'permit')
    .flatMap((each) => {
      const found = operationsOf(each, args).find(({ sensitive }) => sensitive);
      if (!found) return [];
      return [
        {
          site: each.of.site,
          code: 'MODE_CLAIMS',
          message: `policy "${each.policy.id}" permits "${found.name}", which is sensitive: no token may decide it`,
          remedy: "take decisionMode 'hybrid-claims', which asks the policy store about sensitive operations",
        },
      ];
    });

function tooLarge(args: ModeArgs): Pick<Problem, 'code' | 'message' | 'remedy'>[] {
  const permits = args.projected.filter(({ policy }) => policy.effect === 'permit');
  const keys = permits.flatMap((each) =>
    operationsOf(each, args).flatMap(({ sensitive, key }) => (sensitive ? [] : [key])),
  );
  const bytes = utf8Bytes(JSON.stringify([...new Set(keys)]));
  if (bytes <= MOST_BYTES) return [];
  return [
    {
      code: 'MODE_CLAIMS',
      message: `the operations that a token may have to name have ${bytes.toLocaleString('en-US')} bytes, the limit is ${MOST_BYTES.toLocaleString('en-US')}`,
      remedy: "take decisionMode 'embedded' or 'hybrid', or permit fewer operations",
    },
  ];
}
