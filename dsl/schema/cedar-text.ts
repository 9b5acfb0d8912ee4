import { isIdentifier } from '../../cedar/names.ts';
import { quote } from '../../cedar/quote.ts';
import type { CedarAction, CedarSchema, CedarType } from './cedar-json.ts';

/** A schema in Cedar's own language, for people to read: sorted, whatever order it was made in. */
export const cedarText = (schema: CedarSchema): string =>
  sorted(schema)
    .map(([namespace, { entityTypes, actions }]) => {
      const declarations = [
        ...sorted(entityTypes).map(
          ([name, { memberOfTypes, shape, tags }]) =>
            `entity ${name}${membership(memberOfTypes)}${shape ? ` ${typeText(shape)}` : ''}${tags ? ` tags ${typeText(tags)}` : ''};`,
        ),
        ...sorted(actions).map(([name, action]) => actionText(name, action)),
      ];
      return `namespace ${namespace} {\n${indent(declarations.join('\n\n'))}\n}\n`;
    })
    .join('\n');

const membership = (of: readonly string[] = []): string => (of.length > 0 ? ` in [${of.join(', ')}]` : '');

function actionText(name: string, { memberOf, appliesTo }: CedarAction): string {
  const head = `action ${quote(name)}${membership(memberOf?.map(({ id }) => quote(id)))}`;
  if (!appliesTo) return `${head};`;
  const { principalTypes, resourceTypes, context } = appliesTo;
  const lines = [`principal: [${principalTypes.join(', ')}]`, `resource: [${resourceTypes.join(', ')}]`];
  if (context) lines.push(`context: ${typeText(context)}`);
  return `${head} appliesTo {\n${indent(lines.join(',\n'))}\n};`;
}

function typeText(type: CedarType): string {
  switch (type.type) {
    case 'Boolean':
      return 'Bool';
    case 'Set':
      return `Set<${typeText(type.element)}>`;
    case 'Record': {
      const attributes = sorted(type.attributes).map(
        ([name, attribute]) =>
          `${isIdentifier(name) ? name : quote(name)}${attribute.required === false ? '?' : ''}: ${typeText(attribute)}`,
      );
      return attributes.length > 0 ? `{\n${indent(attributes.join(',\n'))}\n}` : '{}';
    }
    case 'Entity':
    case 'Extension':
      return type.name;
    default:
      return type.type;
  }
}

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
