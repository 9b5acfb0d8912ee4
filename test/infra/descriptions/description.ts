/**
 * What a service says of a value, of whatever notation it was condensed. `min` and `max` count what the type has:
 * characters of text, elements of a list, entries of a map, the number itself.
 */
export interface Description {
  readonly type: 'object' | 'list' | 'map' | 'text' | 'number' | 'integer' | 'boolean' | 'any';
  readonly min?: number;
  readonly max?: number;
  /** A regular expression for the whole text. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Description>>;
  /** Of a list's elements, or of a map's values. */
  readonly each?: Description;
  /** Of a map's keys. */
  readonly keys?: Description;
}

/** The committed table: `AWS::SQS::Queue` or `sqs.CreateQueue` -> what it takes. */
export interface Table {
  /** Packages and versions that it was condensed from. */
  readonly sources: readonly string[];
  readonly described: Readonly<Record<string, Description>>;
}

export interface Found {
  readonly description: Description;
  /** Objects on the way, and the property of each that was taken: none of these is missing. */
  readonly taken: readonly (readonly [Description, string])[];
  /** Every description on the way, lists included. */
  readonly passed: readonly Description[];
}

/** Follows names, whatever their case, through objects and lists: `KeySchema.AttributeName`. */
export function find(root: Description, path: string): Found | undefined {
  const taken: [Description, string][] = [];
  const passed: Description[] = [];
  let description = root;
  for (const name of path.split('.')) {
    passed.push(description);
    while (description.type === 'list' && description.each) {
      description = description.each;
      passed.push(description);
    }
    const { properties = {} } = description;
    const actual = Object.keys(properties).find((one) => one.toLowerCase() === name.toLowerCase());
    const next = actual === undefined ? undefined : properties[actual];
    if (actual === undefined || !next) return undefined;
    taken.push([description, actual]);
    description = next;
  }
  return { description, taken, passed };
}
