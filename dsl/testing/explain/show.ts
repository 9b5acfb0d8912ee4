import type { EntityUid, EntityScope, Site } from '../../../cedar/ast.ts';
import type { CedarJson, EntityData } from '../../../cedar/request.ts';
import { printable } from '../../check/printable.ts';

/** `Shop::User` -> `User`: a project has one namespace. */
const unqualified = (type: string): string => type.slice(type.lastIndexOf(':') + 1);

export const showEntity = ({ type, id }: EntityUid): string => `${unqualified(type)} ${JSON.stringify(id)}`;

/** A value as a policy would write it. */
export function showValue(value: CedarJson): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(showValue).join(', ')}]`;
  const { __entity: entity, __extn: call } = value;
  if (isObject(entity)) return showEntity({ type: textOf(entity['type']), id: textOf(entity['id']) });
  if (isObject(call)) return showCall(call);
  const entries = Object.entries(value).map(([name, inner]) => `${name}: ${showValue(inner)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}

function showCall({ fn, arg, args }: Readonly<Record<string, CedarJson>>): string {
  if (arg !== undefined) return `${textOf(fn)}(${showValue(arg)})`;
  // An integer past 2^53, which has no other form.
  return /"(-?\d+)ms"/.exec(JSON.stringify(args))?.[1] ?? JSON.stringify(args);
}

/** An entity with what policies can read of it. */
export function showData({ uid, attrs, parents, tags }: EntityData): string {
  const above = parents.length > 0 ? ` in ${parents.map(showEntity).join(', ')}` : '';
  const tagged = tags ? ` tags ${showValue(tags)}` : '';
  return printable(`${showEntity(uid)}${above} ${showValue(attrs)}${tagged}`);
}

export const showSite = ({ file, line, column }: Site): string => `${file}:${line}:${column}`;

/** Whom or what a scope is for: `Group "acme|CLERK"`. `prefix`: what the tenant's own entities are printed with. */
export function showScope(scope: EntityScope, prefix: string): string {
  if (scope.kind === 'any') return 'anything';
  if (scope.kind === 'is') return unqualified(scope.type);
  const { entity } = scope;
  if ('slot' in entity) return 'what a link names';
  const target = showEntity({ ...entity, id: entity.owned ? `${prefix}|${entity.id}` : entity.id });
  if (scope.kind === '==') return target;
  return scope.kind === 'in' ? `what is in ${target}` : `a ${unqualified(scope.type)} in ${target}`;
}

const textOf = (value: CedarJson | undefined): string => (typeof value === 'string' ? value : '?');
const isList = (value: CedarJson): value is readonly CedarJson[] => Array.isArray(value);
const isObject = (value: CedarJson | undefined): value is { readonly [name: string]: CedarJson } =>
  typeof value === 'object' && !isList(value);
