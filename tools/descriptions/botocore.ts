import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Description } from '../../test/infra/descriptions/description.ts';

interface Shape {
  readonly type: string;
  readonly documentation?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}
interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** What operations take, by botocore's models of the services: `sqs.CreateQueue`. */
export function botocore(packages: string): (operation: string) => Description {
  const models = new Map<string, Model>();
  return (operation) => {
    const [service = '', name = ''] = operation.split('.');
    const model = models.get(service) ?? read(packages, service);
    models.set(service, model);
    const input = model.operations[name]?.input;
    if (!input) throw new Error(`botocore has no operation ${operation}`);
    return describe(model, input.shape, []);
  };
}

/** The newest version of a service's interface; folders are named by its date. */
function read(packages: string, service: string): Model {
  const folder = path.join(packages, 'botocore/data', service);
  const newest = readdirSync(folder).toSorted().at(-1) ?? '';
  const model: Model = JSON.parse(
    gunzipSync(readFileSync(path.join(folder, newest, 'service-2.json.gz'))).toString(),
  );
  return model;
}

const TYPES: Readonly<Record<string, Description['type']>> = {
  structure: 'object',
  list: 'list',
  map: 'map',
  string: 'text',
  integer: 'integer',
  long: 'integer',
  boolean: 'boolean',
  double: 'number',
  float: 'number',
};

function describe(model: Model, name: string, within: readonly string[]): Description {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`botocore has no shape ${name}`);
  // A shape within itself, such as an attribute of DynamoDB: what is deeper is not described.
  if (within.includes(name)) return { type: 'any' };
  const of = (part: { readonly shape: string }): Description =>
    describe(model, part.shape, [...within, name]);
  const { type, member, value, key, members, pattern, enum: words, required } = shape;
  // API Gateway V2 states lengths in words alone.
  const [, least, most] = /between \[(\d+)-(\d+)\]/.exec(shape.documentation ?? '') ?? [];
  const min = shape.min ?? (least === undefined ? undefined : Number(least));
  const max = shape.max ?? (most === undefined ? undefined : Number(most));
  const each = member ?? value;
  return {
    // Blobs, times and documents are whatever the program makes of them.
    type: TYPES[type] ?? 'any',
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern !== undefined && { pattern }),
    ...(words && { enum: words }),
    ...(required && required.length > 0 && { required }),
    ...(members && {
      properties: Object.fromEntries(Object.entries(members).map(([field, part]) => [field, of(part)])),
    }),
    ...(each && { each: of(each) }),
    ...(key && { keys: of(key) }),
  };
}
