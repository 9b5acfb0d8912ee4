import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Description } from '../../test/infra/descriptions/description.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
interface ResourceSchema extends Schema {
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}

export interface ResourceType {
  readonly description: Description;
  /** What CloudFormation itself needs to make, read, change and delete one. */
  readonly permissions: Readonly<Record<string, readonly string[]>>;
}

/** CloudFormation's resource types, by the schemas that cfn-lint carries for us-east-1: `AWS::SQS::Queue`. */
export function cloudFormation(packages: string): (type: string) => ResourceType {
  const folder = path.join(packages, 'cfnlint/data/schemas');
  const hashes: Readonly<Record<string, string>> = parsed(path.join(folder, 'providers/us-east-1.json'));
  return (type) => {
    const hash = hashes[type];
    if (hash === undefined) throw new Error(`cfn-lint has no resource type ${type}`);
    const schema: ResourceSchema = parsed(path.join(folder, 'resources', `${hash}.json`));
    const handlers = Object.entries(schema.handlers ?? {});
    return {
      description: describe(schema, schema, []),
      permissions: Object.fromEntries(
        handlers.map(([what, { permissions = [] }]): [string, readonly string[]] => [what, permissions]),
      ),
    };
  };
}

/** As written there: whoever asks says what it is. */
const parsed = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

const TYPES: Readonly<Record<string, Description['type']>> = {
  object: 'object',
  array: 'list',
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

function describe(root: ResourceSchema, schema: Schema, within: readonly string[]): Description {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    const definition = root.definitions?.[name];
    return definition && !within.includes(name)
      ? describe(root, definition, [...within, name])
      : { type: 'any' };
  }
  const of = (part: Schema): Description => describe(root, part, within);
  // Either a list or a document in its place: the program gives the list.
  const list = schema.oneOf?.map(of).find(({ type }) => type === 'list');
  if (list) return list;
  // Alternatives of an object are told apart by their properties: together, these are what it may have.
  const variants = [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const properties = variants.flatMap((one) => Object.entries(one.properties ?? {}));
  const map = Object.values(schema.patternProperties ?? {})[0];
  const type = typeOf(schema, properties.length > 0, map !== undefined);
  return {
    type,
    ...bounds(type, schema),
    // `\Z` is Java's.
    ...(schema.pattern !== undefined && { pattern: schema.pattern.replace(/\\Z$/, '$') }),
    ...(schema.enum && { enum: schema.enum.map(String) }),
    ...(schema.required && { required: schema.required }),
    ...(type === 'object' && {
      properties: Object.fromEntries(properties.map(([name, part]) => [name, of(part)])),
    }),
    ...(type === 'list' && schema.items && { each: of(schema.items) }),
    ...(type === 'map' && map && { each: of(map) }),
  };
}

function typeOf({ type }: Schema, hasProperties: boolean, isMap: boolean): Description['type'] {
  if (type === 'array') return 'list';
  if (hasProperties) return 'object';
  if (isMap) return 'map';
  // Several types: a document, or its text. An object without properties: any.
  return typeof type === 'string' && type !== 'object' ? (TYPES[type] ?? 'any') : 'any';
}

function bounds(type: Description['type'], schema: Schema): Pick<Description, 'min' | 'max'> {
  const [min, max] =
    type === 'list'
      ? [schema.minItems, schema.maxItems]
      : type === 'integer' || type === 'number'
        ? [schema.minimum, schema.maximum]
        : [schema.minLength, schema.maxLength];
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}
