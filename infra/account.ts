import * as pulumi from '@pulumi/pulumi';
import { getCallerIdentityOutput } from '@pulumi/aws/getCallerIdentity.js';
import { getRegionOutput } from '@pulumi/aws/getRegion.js';

/** Where the stack lives, for ARNs that must be written before what they name exists. */
export interface Account {
  readonly region: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
}

export const currentAccount = (): Account => ({
  region: getRegionOutput().region,
  id: getCallerIdentityOutput().accountId,
});
