import { isJson, type Json } from '../aws/input.ts';
import { readConditions, type Condition } from './conditions.ts';
import { UnsupportedPolicy } from './unsupported-policy.ts';

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Absent in identity policies: they hold for whom they are attached to. */
  readonly principals?: Principals;
  readonly conditions: readonly Condition[];
}

/** `except`: everything but these (NotAction, NotResource). */
export interface Patterns {
  readonly except: boolean;
  readonly patterns: readonly string[];
}

export interface Principals {
  readonly everyone: boolean;
  readonly arns: readonly string[];
  readonly services: readonly string[];
}

const ELEMENTS = new Set([
  'Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition',
]); // prettier-ignore

/**
 * Reads a policy document in IAM's JSON grammar.
 * @throws UnsupportedPolicy when it is malformed or has an element that is not known here
 */
export function readPolicy(document: object): Statement[] {
  const statements = isJson(document) ? document['Statement'] : undefined;
  if (statements === undefined) throw new UnsupportedPolicy('the document has no Statement');
  return asList(statements).map(readStatement);
}

function readStatement(elements: unknown): Statement {
  if (!isJson(elements)) throw new UnsupportedPolicy('a statement is no object');
  const unknown = Object.keys(elements).find((element) => !ELEMENTS.has(element));
  if (unknown) throw new UnsupportedPolicy(`the policy element ${unknown} is not supported`);
  const { Effect: effect, Principal: principal, Condition: condition } = elements;
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new UnsupportedPolicy('Effect is neither Allow nor Deny');
  return {
    effect,
    actions: readPatterns(elements, 'Action', false),
    // A trust policy speaks of the role that it is attached to and names no resource.
    resources: readPatterns(elements, 'Resource', principal !== undefined),
    ...(principal !== undefined && { principals: readPrincipals(principal) }),
    conditions: condition === undefined ? [] : readConditions(condition),
  };
}

function readPatterns(elements: Json, name: string, optional: boolean): Patterns {
  const [positive, negative] = [elements[name], elements[`Not${name}`]];
  if (positive !== undefined && negative !== undefined)
    throw new UnsupportedPolicy(`a statement has both ${name} and Not${name}`);
  if (negative !== undefined) return { except: true, patterns: readStrings(negative, name) };
  if (positive === undefined && optional) return { except: false, patterns: ['*'] };
  return { except: false, patterns: readStrings(positive, name) };
}

function readPrincipals(element: unknown): Principals {
  if (element === '*') return { everyone: true, arns: [], services: [] };
  if (!isJson(element)) throw new UnsupportedPolicy('Principal is malformed');
  const { AWS: aws = [], Service: service = [], ...others } = element;
  const [unknown] = Object.keys(others);
  if (unknown) throw new UnsupportedPolicy(`principals of kind ${unknown} are not supported`);
  const arns = readStrings(aws, 'Principal');
  return { everyone: arns.includes('*'), arns, services: readStrings(service, 'Principal') };
}

function readStrings(value: unknown, element: string): string[] {
  return asList(value).map((one) => {
    if (typeof one !== 'string')
      throw new UnsupportedPolicy(`the element ${element} is missing or malformed`);
    if (one.includes('${')) throw new UnsupportedPolicy('policy variables are not supported');
    return one;
  });
}

/** The grammar allows one of anything in place of a list of one. */
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
