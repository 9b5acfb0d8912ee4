import { LIMITS, utf8Bytes } from '../../cedar/limits.ts';
import { quotaExceeded } from './errors.ts';
import type { PolicyScope } from './policy-scope.ts';
import type { Store, StoredPolicy } from './store.ts';

/**
 * Refuses a policy that makes the policies of one resource too large. All that name no resource share one bucket
 * (Verified Permissions User Guide, "Quotas for resources").
 * @param replaces the policy's own id, where it is changed
 * @throws AwsError ServiceQuotaExceededException
 */
export function checkBucket(
  store: Store,
  policy: Pick<StoredPolicy, 'statement' | 'scope'>,
  replaces?: string,
): void {
  const bucket = bucketOf(policy.scope);
  const others = [...store.policies.latest.values()].filter(
    ({ policyId, scope }) => policyId !== replaces && bucketOf(scope) === bucket,
  );
  const bytes = [...others, policy].reduce(
    (sum, { statement }) => sum + utf8Bytes(statement) + LIMITS.policyOverheadBytes,
    0,
  );
  if (bytes > LIMITS.policyBytesPerResource)
    throw quotaExceeded(
      `The policies of ${bucket} would have ${bytes} bytes, at most ${LIMITS.policyBytesPerResource} are allowed`,
      'POLICY_STORE',
      store.policyStoreId,
    );
}

const bucketOf = ({ resource }: PolicyScope): string =>
  resource ? `resource ${resource.entityType}::"${resource.entityId}"` : 'unspecified resources';
