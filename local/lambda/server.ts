import type { DynamoDb } from '../dynamodb/server.ts';
import type { HttpRoute } from '../endpoint.ts';
import type { Iam } from '../iam/authorize.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import type { Sqs } from '../sqs/server.ts';
import type { CloudFacts } from './environment.ts';
import type { Disturb } from './event-sources/disturb.ts';
import { createEventSources } from './event-sources/mappings.ts';
import { eventSourceResources } from './event-sources/resources.ts';
import { createLambdaHost, type LambdaHost } from './host.ts';
import { lambdaResources } from './resources.ts';
import { lambdaRoute } from './route.ts';

export interface LambdaArgs {
  readonly cloud: CloudFacts;
  readonly iam: Iam;
  readonly logs: LogGroups;
  /** Event sources. */
  readonly dynamodb: DynamoDb;
  readonly sqs: Sqs;
}

export interface Lambda {
  readonly invoke: LambdaHost['invoke'];
  readonly route: HttpRoute;
  readonly resources: ResourceHandlers;
  /** Disturbs what event sources deliver, from the next batch on. Without an argument: no longer. */
  disturb(how?: Disturb): void;
  close(): Promise<void>;
}

/** Functions, and what calls them. */
export function createLambda({ cloud, iam, logs, dynamodb, sqs }: LambdaArgs): Lambda {
  const host = createLambdaHost({ cloud, iam, logs });
  const sources = createEventSources({ host, iam, dynamodb, sqs, region: cloud.region });
  return {
    invoke: (name, event, options) => host.invoke(name, event, options),
    route: lambdaRoute(host, iam),
    resources: { ...lambdaResources({ host, ...cloud }), ...eventSourceResources(sources) },
    disturb: (how) => sources.disturb(how),
    async close() {
      // Together: a delivery under way would be waited for as long as the function may take.
      await Promise.all([sources.close(), host.close()]);
    },
  };
}
