import { optionalText } from '../aws/input.ts';
import { recorded } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import type { LogGroups } from './log-groups.ts';

export interface LogResourcesArgs {
  readonly logs: LogGroups;
  readonly region: string;
  readonly account: string;
}

/** Log groups. Their retention in days is longer than any local run: memory holds the last lines of each. */
export function logResources({ logs, region, account }: LogResourcesArgs): ResourceHandlers {
  return {
    'aws:cloudwatch/logGroup:LogGroup': {
      inputs: ['name', 'retentionInDays'],
      replaceOn: ['name'],
      async create(inputs, logicalName) {
        const name = optionalText(inputs, 'name') ?? logicalName;
        logs.create(name);
        return {
          id: name,
          state: { ...inputs, name, arn: `arn:aws:logs:${region}:${account}:log-group:${name}` },
        };
      },
      async update(_id, inputs, state) {
        return { ...state, ...inputs };
      },
      read: async (id, inputs, state) => recorded(logs.has(id), inputs, state),
      async delete(id) {
        logs.delete(id);
      },
    },
  };
}
