import type { Attribute, ValueType } from '../../cedar/model.ts';
import type { ResolvedSchema } from '../../cedar/resolved-schema.ts';

type Type = NonNullable<ResolvedSchema[string]['commonTypes']>[string];

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

/** Reads the types of a resolved schema, common types by what they stand for. Names of entity types stay qualified. */
export function valueTypes(
  spaces: readonly (readonly [string, ResolvedSchema[string]])[],
): (type: object) => ValueType {
  const common = new Map<string, Type>(
    spaces.flatMap(([space, { commonTypes = {} }]) =>
      Object.entries(commonTypes).map(
        ([name, type]) => [space === '' ? name : `${space}::${name}`, type] as const,
      ),
    ),
  );
  const read = new Map<string, ValueType>();
  return valueOf;

  function valueOf(type: object): ValueType {
    const { type: name, ...rest } = fields(type);
    if (name === 'Set') return { kind: 'Set', of: valueOf(object(rest['element'])) };
    if (name === 'Record') return { kind: 'Record', attributes: attributesOf(object(rest['attributes'])) };
    if (name === 'Entity') return { kind: 'Entity', name: String(rest['name']) };
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

  function attributesOf(attributes: object): Readonly<Record<string, Attribute>> {
    return Object.fromEntries(
      Object.entries(attributes).map(([name, given]: [string, unknown]): [string, Attribute] => {
        const attribute = object(given);
        return [name, { type: valueOf(attribute), required: fields(attribute)['required'] !== false }];
      }),
    );
  }
}

function object(value: unknown): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new Error('the engine resolved a schema to something that is none');
}

const fields = (value: object): Readonly<Record<string, unknown>> => ({ ...value });
