import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isRecord } from '../dsl/testing/request/value.ts';
import { BACKEND_LOG } from './backend-log.ts';
import { Expected } from './fail.ts';
import { readRunning } from './running.ts';

/** The last request that the running cloud refused. */
export interface LastDenied {
  /** Why, as the line of the decision says. */
  readonly reason: string;
  readonly where: 'gateway' | 'backend';
  /** The line that has what the decision went by; none where no policy was asked. */
  readonly record?: string;
}

type Line = Readonly<Record<string, unknown>>;

/** @throws Expected when no cloud runs, or it refused nothing yet */
export async function lastDenied(root: string): Promise<LastDenied> {
  const running = await readRunning(root);
  if (!running) throw new Expected('no embedded cloud is running here — start one with: npm start');
  const [functions, backend] = await Promise.all([
    functionLines(running.endpoint),
    readFile(path.join(root, BACKEND_LOG), 'utf8').catch(() => ''),
  ]);
  const [atGateway, inBackend] = [linesOf(functions), linesOf(backend.split('\n'))];
  const denials = [
    ...atGateway.map((line) => ({ line, where: 'gateway' as const, all: atGateway })),
    ...inBackend.map((line) => ({ line, where: 'backend' as const, all: inBackend })),
  ].filter(({ line }) => line['message'] === 'decision' && line['decision'] !== 'allow');
  const last = denials.sort((a, b) => timeOf(a.line) - timeOf(b.line)).at(-1);
  if (!last) throw new Expected('nothing was denied yet — or it was answered from a cache');
  const { line, where, all } = last;
  const record = all.findLast((each) => isRecordOf(each, line, where));
  return {
    reason: String(line['reason']),
    where,
    ...(record && { record: JSON.stringify(record) }),
  };
}

/** A gateway's record has the decision's id; a backend's tells of the same principal and action just before. */
function isRecordOf(line: Line, decision: Line, where: LastDenied['where']): boolean {
  const { record } = line;
  if (!isRecord(record)) return false;
  if (where === 'gateway') return record['decisionId'] === decision['decisionId'];
  const { principal } = record;
  return (
    record['action'] === decision['action'] &&
    isRecord(principal) &&
    principal['id'] === decision['principal'] &&
    timeOf(line) <= timeOf(decision)
  );
}

const timeOf = (line: Line): number => Date.parse(String(line['timestamp']));

function linesOf(lines: readonly string[]): Line[] {
  return lines.flatMap((line) => {
    try {
      const json: unknown = JSON.parse(line);
      return isRecord(json) ? [json] : [];
    } catch {
      return [];
    }
  });
}

/** What all functions said lately, from the emulated CloudWatch Logs. */
async function functionLines(endpoint: string): Promise<string[]> {
  const { logGroups } = await call(endpoint, 'DescribeLogGroups', {});
  const names = listOf(logGroups).map((group) => group['logGroupName']);
  const answers = await Promise.all(
    names.map((logGroupName) => call(endpoint, 'FilterLogEvents', { logGroupName })),
  );
  return answers.flatMap(({ events }) => listOf(events).map(({ message }) => String(message)));
}

async function call(endpoint: string, operation: string, input: object): Promise<Line> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': `Logs_20140328.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  }).catch((error: unknown) => {
    throw new Expected(`nothing answers at ${endpoint} (${String(error)}) — start it with: npm start`);
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isRecord(answer)) throw new Error(`${operation} answered ${response.status}`);
  return answer;
}

const listOf = (value: unknown): Line[] => (Array.isArray(value) ? value.filter(isRecord) : []);
