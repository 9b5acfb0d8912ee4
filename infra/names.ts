import * as pulumi from '@pulumi/pulumi';
import { namePrefix } from './name-prefix.ts';

/** `cedarwright-dev`: of the stack that is being deployed. */
export const ownPrefix = (): string => namePrefix({ project: pulumi.getProject(), stack: pulumi.getStack() });

/** `cedarwright-dev-registry`: two stacks of one account never meet. */
export const physicalName = (what: string): string => `${ownPrefix()}-${what}`;
