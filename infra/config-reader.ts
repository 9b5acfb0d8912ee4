import type { Problem } from '../dsl/check/problem.ts';
import type { Parse } from './config-values.ts';

/** The command that puts a key right. */
export type Remedy = (key: string) => string;
export const set =
  (example: string): Remedy =>
  (key) =>
    `pulumi config set ${key} '${example}'`;

/** Collects what is wrong while the keys are read, and knows afterwards which keys there are. */
export function keyReader(values: Readonly<Record<string, string>>) {
  const problems: Problem[] = [];
  const known: string[] = [];
  const note = (key: string, what: string, remedy: string): void => {
    problems.push({ code: 'CONFIG', message: `config key cedarwright:${key} ${what}`, remedy });
  };
  function read<T>(key: string, parse: Parse<T>, remedy: Remedy): T | undefined {
    known.push(key);
    const given = values[key];
    if (given === undefined) return undefined;
    const parsed = parse(given);
    if ('value' in parsed) return parsed.value;
    note(key, parsed.wrong, remedy(`cedarwright:${key}`));
    return undefined;
  }
  return {
    problems,
    required<T>(key: string, parse: Parse<T>, remedy: Remedy): T | undefined {
      if (values[key] === undefined) note(key, 'is missing', remedy(`cedarwright:${key}`));
      return read(key, parse, remedy);
    },
    optional: <T>(key: string, parse: Parse<T>, example: string): T | undefined =>
      read(key, parse, set(example)),
    refuseOthers(): void {
      for (const key of Object.keys(values).filter((one) => !known.includes(one))) {
        note(key, 'is not a key of this program', `known keys: ${known.join(', ')}`);
      }
    },
  };
}
