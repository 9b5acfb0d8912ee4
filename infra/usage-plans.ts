import * as pulumi from '@pulumi/pulumi';
import { ApiKey, UsagePlan, UsagePlanKey } from '@pulumi/aws/apigateway/index.js';
import type { Throttle } from './config-json.ts';
import { physicalName } from './names.ts';
import { usageKey } from './usage-key.ts';

export interface UsagePlansArgs {
  /** By name. */
  readonly plans: ReadonlyMap<string, Throttle>;
  /** Of the REST API. */
  readonly apiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
  /** Slug -> name of the plan it counts in. */
  readonly tiers: ReadonlyMap<string, string>;
}

/** How fast each tenant may call the REST API: a plan a tier, and a key of its own for each tenant in it. */
export class UsagePlans extends pulumi.ComponentResource {
  constructor(name: string, args: UsagePlansArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:UsagePlans', name, {}, opts);
    const plans = new Map(
      [...args.plans].map(([tier, { rate, burst }]) => [
        tier,
        new UsagePlan(
          `${name}-${tier}`,
          {
            name: physicalName(tier),
            apiStages: [{ apiId: args.apiId, stage: args.stageName }],
            throttleSettings: { rateLimit: rate, burstLimit: burst },
          },
          { parent: this },
        ),
      ]),
    );
    for (const [slug, tier] of args.tiers) {
      const plan = plans.get(tier);
      if (!plan) throw new pulumi.RunError(`tenant ${slug}: there is no usage plan ${tier}`);
      const key = new ApiKey(
        `${slug}-usage-key`,
        { name: physicalName(slug), value: usageKey(slug) },
        { parent: this },
      );
      new UsagePlanKey(
        `${slug}-usage-plan`,
        { keyId: key.id, keyType: 'API_KEY', usagePlanId: plan.id },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}
