import { GROUP_TYPE, type Model, type ValueType } from '../../../cedar/model.ts';
import type { EntityData } from '../../../cedar/request.ts';
import type { Tenant } from '../../tenants/tenant.ts';
import type { Phase } from '../given.ts';
import { RequestMistake, nearest } from './mistake.ts';
import { cedarValue, isRecord, type Refer } from './value.ts';

/** What a request is made in: the API, the tenant whose policies answer, and which part of them. */
export interface World {
  readonly model: Model;
  readonly tenant: Tenant;
  readonly phase: Phase;
}

/** Principals and groups are always the tenant's own: their ids carry its slug. */
export const referIn =
  ({ model, tenant }: World): Refer =>
  (type, id) => ({
    type: `${model.namespace}::${type}`,
    id: type === GROUP_TYPE || Object.hasOwn(model.principalTypes, type) ? `${tenant.slug}|${id}` : id,
  });

/** Fields that a test gave to something, checked by name. @throws RequestMistake */
export function fieldsOf(
  given: unknown,
  where: string,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isRecord(given))
    throw new RequestMistake('TEST_REQUEST', `${where} is no object`, `give { ${names.join(', ')} }`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return given;
  throw new RequestMistake('TEST_REQUEST', `${where} takes no "${unknown}"`, nearest(unknown, names));
}

/** @throws RequestMistake for what is neither an object nor left out */
export function recordOf(given: unknown, where: string): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (isRecord(given)) return given;
  throw new RequestMistake('TEST_REQUEST', `${where} is no object`, 'give { name: value }');
}

/** @throws RequestMistake for what is neither a text nor left out */
export function idOf(given: unknown, where: string, otherwise: string): string {
  if (given === undefined) return otherwise;
  if (typeof given === 'string' && given !== '') return given;
  throw new RequestMistake('TEST_REQUEST', `${where} is no text`, 'give a string of at least one character');
}

/** @throws RequestMistake for tags of a type that has none, or of another kind of value */
export function tagsOf(
  type: ValueType | undefined,
  given: unknown,
  where: string,
  refer: Refer,
): Pick<EntityData, 'tags'> {
  if (given === undefined) return {};
  if (!type) throw new RequestMistake('TEST_REQUEST', `${where} has no tags`, 'leave them out');
  const tags = Object.entries(recordOf(given, `${where}.tags`));
  return {
    tags: Object.fromEntries(
      tags.map(([tag, value]) => [tag, cedarValue(type, value, `${where}.tags.${tag}`, refer)]),
    ),
  };
}
