import { expect } from 'chai';
import { createLogGroups } from '../../../local/logs/log-groups.ts';
import { createLogs } from '../../../local/logs/server.ts';

describe('the emulated CloudWatch Logs', () => {
  const groups = createLogGroups();
  groups.append('/aws/lambda/b', 'no JSON');
  groups.append('/aws/lambda/a', '{"timestamp":"2025-01-01T00:00:00.000Z","message":"decision"}');
  groups.create('/other');
  const logs = createLogs(groups);
  const call = (operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> =>
    logs.call(operation, input, { accessKeyId: 'x' });
  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'answered',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );

  it('lists groups and what functions wrote into them, with its time', async () => {
    expect(await call('DescribeLogGroups', { logGroupNamePrefix: '/aws' })).to.deep.equal({
      logGroups: [{ logGroupName: '/aws/lambda/a' }, { logGroupName: '/aws/lambda/b' }],
    });
    const { message, timestamp } = {
      message: groups.lines('/aws/lambda/a')[0],
      timestamp: 1_735_689_600_000,
    };
    expect(await call('FilterLogEvents', { logGroupName: '/aws/lambda/a' })).to.deep.equal({
      events: [{ logStreamName: 'local', eventId: '0', message, timestamp }],
    });
    expect(await call('FilterLogEvents', { logGroupName: '/other' })).to.deep.equal({ events: [] });
  });

  it('refuses what it does not do', async () => {
    expect(await codeOf(call('FilterLogEvents', { logGroupName: '/none' }))).to.equal(
      'ResourceNotFoundException',
    );
    expect(await codeOf(call('FilterLogEvents', { logGroupName: '/other', filterPattern: 'x' }))).to.equal(
      'InvalidParameterException',
    );
    expect(await codeOf(call('PutLogEvents', {}))).to.equal('UnknownOperationException');
  });
});
