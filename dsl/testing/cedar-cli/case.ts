import type { EntityUid } from '../../../cedar/ast.ts';
import { withExactLongs } from '../../../cedar/exact-long.ts';
import { isRecord } from '../request/value.ts';
import { entityOf } from './entity-uid.ts';
import { Unreadable } from './unreadable.ts';

/** One test as `cedar run-tests` reads it (cedar-policy-cli 4.11, command/run_test.rs). */
export interface CedarCase {
  readonly name?: string;
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    readonly context: object;
  };
  /** Entities in Cedar's JSON form, or the name of a file that has them, beside the tests. */
  readonly entities: readonly object[] | string;
  readonly decision: 'allow' | 'deny';
  /** Policies that must be among those that decided. */
  readonly reason: readonly string[];
  readonly num_errors: number;
}

/** A test that can be run. */
export interface ReadCase {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: object;
  readonly entities: readonly object[] | string;
  readonly decision: 'allow' | 'deny';
  readonly reason: readonly string[];
  readonly errors: number;
}

/** The tests of a file, each yet to be read: one that is wrong fails alone. @throws Unreadable */
export function casesOf(text: string): unknown[] {
  const json: unknown = JSON.parse(withExactLongs(text));
  if (Array.isArray(json)) return json;
  throw new Unreadable('the tests are no list');
}

/** `(unnamed)` for a test without a name. */
export const nameOf = (json: unknown): string =>
  isRecord(json) && typeof json['name'] === 'string' ? json['name'] : '(unnamed)';

/** @throws Unreadable with the field that is missing or is something else */
export function readCase(json: unknown): ReadCase {
  const test = objectOf(json, 'the test');
  const request = objectOf(test['request'], 'request');
  const { decision, reason, entities, num_errors: errors } = test;
  if (decision !== 'allow' && decision !== 'deny') throw wrong('decision', '"allow" or "deny"');
  if (!Array.isArray(reason) || !reason.every((id) => typeof id === 'string'))
    throw wrong('reason', 'a list of ids');
  if (typeof errors !== 'number' || !Number.isSafeInteger(errors) || errors < 0)
    throw wrong('num_errors', 'a count');
  if (typeof entities !== 'string' && !isListOfObjects(entities))
    throw wrong('entities', 'a list, or a file');
  return {
    principal: entity(request['principal'], 'principal'),
    action: entity(request['action'], 'action'),
    resource: entity(request['resource'], 'resource'),
    context: objectOf(request['context'], 'context'),
    entities,
    decision,
    reason,
    errors,
  };
}

const wrong = (field: string, wanted: string): Unreadable =>
  new Unreadable(`${field} is missing or is not ${wanted}`);

function objectOf(json: unknown, field: string): Readonly<Record<string, unknown>> {
  if (isRecord(json)) return json;
  throw wrong(field, 'an object');
}

function entity(json: unknown, field: string): EntityUid {
  const uid = typeof json === 'string' ? entityOf(json) : undefined;
  if (uid) return uid;
  throw wrong(field, 'an entity such as User::"alice"');
}

const isListOfObjects = (json: unknown): json is readonly object[] =>
  Array.isArray(json) && json.every(isRecord);
