import { optionalText, text, type Json } from '../aws/input.ts';
import { AwsError, type AwsJsonService } from '../aws/service.ts';
import type { LogGroups } from './log-groups.ts';

/**
 * CloudWatch Logs, as far as one needs it to read what functions said: `DescribeLogGroups`, and `FilterLogEvents`
 * without a pattern, all events in one answer.
 */
export function createLogs(logs: LogGroups): AwsJsonService {
  const operations: Readonly<Record<string, (input: Json) => Json>> = {
    DescribeLogGroups(input) {
      const prefix = optionalText(input, 'logGroupNamePrefix') ?? '';
      return {
        logGroups: logs
          .names()
          .filter((name) => name.startsWith(prefix))
          .map((logGroupName) => ({ logGroupName })),
      };
    },
    FilterLogEvents(input) {
      const name = text(input, 'logGroupName');
      if (!logs.has(name)) {
        throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      }
      if (optionalText(input, 'filterPattern')) {
        throw new AwsError('InvalidParameterException', 'The embedded cloud takes no filter pattern');
      }
      const events = logs.lines(name).map((message, index) => ({
        logStreamName: 'local',
        timestamp: timeOf(message),
        message,
        eventId: String(index),
      }));
      return { events };
    },
  };
  return {
    target: 'Logs_20140328',
    version: '1.1',
    async call(operation, input) {
      const handle = operations[operation];
      if (handle) return handle(input);
      throw new AwsError('UnknownOperationException', `The embedded cloud has no ${operation} of its logs`);
    },
  };
}

/** Structured lines say when they were written; of others nobody kept it. Epoch milliseconds. */
function timeOf(line: string): number {
  const [, stamp = ''] = /"timestamp":"([^"]+)"/.exec(line) ?? [];
  const time = Date.parse(stamp);
  return Number.isNaN(time) ? 0 : time;
}
