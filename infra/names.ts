import * as pulumi from '@pulumi/pulumi';

/** `cedarwright-<stack>-registry`: two stacks of one account never meet. */
export const physicalName = (what: string): string => `cedarwright-${pulumi.getStack()}-${what}`;
