import type { Site } from '../../cedar/ast.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import type { Bundle } from './bundle.ts';
import { type Original, originalPlaces, placeInStack } from './places.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';
import { MalformedError, readFields, readInteger, readList, readRecord, readText } from './reading.ts';
import type { Answer, Sandbox } from './sandbox.ts';

/** A file to run. */
export interface Run {
  readonly bundle: Bundle;
  readonly input?: unknown;
  /** Where the tenants are, relative to the project. */
  readonly folder: string;
  /** Relative to the project. */
  readonly file: string;
  /** For mistakes that have no better place. */
  readonly at: Site;
  /** Default: a second. */
  readonly timeoutMs?: number;
}

/** What a file evaluates to, or the mistakes that are in it. */
export type Evaluated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Still as JSON data, with the way from its places to the source. */
interface Handed {
  readonly json: unknown;
  readonly original: Original;
}

/** An honest file of 20 policies takes 20 ms. */
const TIMEOUT_MS = 1_000;
/** Characters: some 3,000 policies with their places. */
const LONGEST_ANSWER = 8_000_000;

function limitReached(reason: (Answer & { ok: false })['reason'], timeoutMs: number): string {
  switch (reason) {
    case 'time':
      return `the file did not come to an end within ${timeoutMs / 1000} s`;
    case 'memory':
      return 'the file took too much memory, or ended its process';
    case 'size':
      return `the file made more than ${LONGEST_ANSWER / 1e6} million characters`;
    default:
      return 'the file could not be run';
  }
}

/** Runs a bundle in the sandbox and reads its answer. */
export async function run(
  sandbox: Sandbox,
  { bundle, input, folder, file, at, timeoutMs = TIMEOUT_MS }: Run,
): Promise<Evaluated<Handed>> {
  const name = `bundle:${file}`;
  const answer = await sandbox.run({
    name,
    code: bundle.scriptFor(input),
    timeoutMs,
    maxLength: LONGEST_ANSWER,
  });
  if (!answer.ok) {
    return failed({
      site: at,
      code: 'RUN',
      message: limitReached(answer.reason, timeoutMs),
      remedy: 'a tenant file lists data and policies: leave out what computes for long',
    });
  }
  const original = originalPlaces(bundle.map, name, folder);
  return guarded(at, () => {
    const json = readRecord(JSON.parse(answer.text), 'the answer');
    return 'threw' in json ? failed(thrown(json, original, at)) : { ok: true, value: { json, original } };
  });
}

/** An `Outcome` as it came back: the value, read by `read`, or the file's mistakes at their places. */
export function outcomeOf<T>(
  json: unknown,
  read: (value: unknown) => T,
  original: Original,
  at: Site,
): Evaluated<T> {
  return guarded(at, () => {
    const { ok } = readRecord(json, 'the outcome');
    if (ok === true) return { ok, value: read(readFields(json, 'the outcome', ['ok', 'value']).value) };
    const { problems } = readFields(json, 'the outcome', ['ok', 'problems']);
    const mistakes = readList(problems, 'problems', (problem, path) =>
      readProblem(problem, path, original, at),
    );
    if (mistakes.length === 0) throw new MalformedError('problems', 'list with an element');
    return { ok: false, problems: mistakes };
  });
}

function readProblem(json: unknown, path: string, original: Original, at: Site): Problem {
  const { site, code, message, remedy } = readFields(json, path, ['code', 'message', 'remedy'], ['site']);
  return {
    site: (site !== undefined && original(readSite(site, path))) || at,
    code: readText(code, path, /^[A-Z_]{1,40}$/),
    message: printable(readText(message, path)),
    remedy: printable(readText(remedy, path)),
  };
}

function readSite(json: unknown, path: string): Site {
  const { file, line, column } = readFields(json, path, ['file', 'line', 'column']);
  return {
    file: readText(file, path),
    line: readInteger(line, path, 0, Number.MAX_SAFE_INTEGER),
    column: readInteger(column, path, 0, Number.MAX_SAFE_INTEGER),
  };
}

/** `undefined is not a function` and the like, at the first place in the folder. */
function thrown(value: unknown, original: Original, at: Site): Problem {
  const { threw, stack } = readFields(value, 'the error', ['threw', 'stack']);
  return {
    site: placeInStack(readText(stack, 'the stack'), original) ?? at,
    code: 'THROWN',
    message: `the file stops with ${printable(readText(threw, 'the error'))}`,
    remedy: 'correct what it does there',
  };
}

/** Malformed answers are the file's fault too: only code that goes around the builders makes them. */
export function guarded<T>(at: Site, read: () => Evaluated<T>): Evaluated<T> {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError || error instanceof SyntaxError || error instanceof PolicyError) {
      return failed({
        site: at,
        code: 'MALFORMED',
        message: `the file hands back what no builder makes: ${printable(error.message)}`,
        remedy: 'use the functions of the language only, and values of the types that they ask for',
      });
    }
    throw error;
  }
}

const failed = (problem: Problem): { ok: false; problems: Problem[] } => ({ ok: false, problems: [problem] });
