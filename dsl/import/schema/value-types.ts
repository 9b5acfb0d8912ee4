import type { Attribute, ValueType } from '../../../cedar/model.ts';
import type { ResolvedSchema } from '../../../cedar/resolved-schema.ts';
import { type Attributes, qualified } from './world.ts';

type Namespace = ResolvedSchema[string];
type Type = NonNullable<Namespace['commonTypes']>[string];
type Annotated = { readonly annotations?: Readonly<Record<string, unknown>> };

const PLAIN: Readonly<Record<string, Exclude<ValueType['kind'], 'Set' | 'Record' | 'Entity'>>> = {
  String: 'String',
  Long: 'Long',
  Bool: 'Bool',
  Boolean: 'Bool',
  ipaddr: 'ipaddr',
  decimal: 'decimal',
  datetime: 'datetime',
  duration: 'duration',
};

/** What `@doc("…")` says. */
export function described({ annotations }: Annotated): { description?: string } {
  const text = annotations?.['doc'];
  return typeof text === 'string' && text.trim() !== '' ? { description: text } : {};
}

/** Reads types of a schema whose names are all resolved. Equal names of common types give the same object. */
export function valueTypes(
  spaces: readonly (readonly [string, Namespace])[],
  typeName: (type: string) => string,
) {
  const common = new Map<string, Type>(
    spaces.flatMap(([space, { commonTypes = {} }]) =>
      Object.entries(commonTypes).map(([name, type]) => [qualified(space, name), type] as const),
    ),
  );
  const read = new Map<string, ValueType>();
  return valueOf;

  function valueOf(type: object): ValueType {
    const { type: name, ...rest } = fields(type);
    if (name === 'Set') return { kind: 'Set', of: valueOf(object(rest['element'])) };
    if (name === 'Record') return { kind: 'Record', attributes: attributesOf(object(rest['attributes'])) };
    if (name === 'Entity') return { kind: 'Entity', name: typeName(String(rest['name'])) };
    const reference = name === 'Extension' || name === 'EntityOrCommon' ? String(rest['name']) : String(name);
    const declared = common.get(reference);
    if (declared) {
      const value = read.get(reference) ?? valueOf(declared);
      read.set(reference, value);
      return value;
    }
    const plain = PLAIN[reference.replace(/^__cedar::/, '')];
    if (plain) return { kind: plain };
    throw new Error(`the engine resolved a type to ${reference}, which is none`);
  }

  function attributesOf(attributes: object): Attributes {
    return Object.fromEntries(
      Object.entries(attributes).map(([name, given]: [string, unknown]): [string, Attribute] => {
        const attribute = object(given);
        const required = fields(attribute)['required'] !== false;
        return [name, { type: valueOf(attribute), required, ...described(attribute) }];
      }),
    );
  }
}

function object(value: unknown): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new Error('the engine resolved a schema to something that is none');
}

const fields = (value: object): Readonly<Record<string, unknown>> => ({ ...value });
