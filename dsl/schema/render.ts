import path from 'node:path';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import type { Model } from '../../cedar/model.ts';
import { cedarSchema } from './cedar-schema.ts';
import { cedarText } from './cedar-text.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { LANGUAGE, languageModule } from './language-module.ts';
import { formatTypeScript } from './source.ts';
import { typescriptText } from './typescript.ts';

/** All that is generated from a model: file name -> text. Equal models give equal texts. */
export async function render(
  model: Model,
  { api, folder }: { readonly api: string; readonly folder: string },
): Promise<ReadonlyMap<string, string>> {
  const from = (file: string): string => path.relative(folder, path.resolve(file)).replaceAll('\\', '/');
  const typescript = typescriptText(model, {
    origin: from(api),
    types: await languageModule(folder),
  });
  return new Map([
    ['schema.ts', await formatTypeScript(typescript)],
    ['schema.cedarschema', cedarText(cedarSchema(model))],
    ['schema.json', pretty(cedarSchema(model))],
    ['gateway.json', pretty(gatewaySchema(model))],
    ['model.json', pretty(model)],
    ['model.d.json.ts', modelTypes(await languageModule(folder, LANGUAGE))],
  ]);
}

/**
 * The compiler would give every value of the model a type of its own: at 5,000 operations that took 600 MB and 10 s.
 */
const modelTypes = (language: string): string =>
  `// Written by \`npm run schema\`; do not edit. The type of model.json.
import type { language } from ${JSON.stringify(language).replaceAll('"', "'")};

declare const model: Parameters<typeof language>[0];
export = model;
`;

const pretty = (value: object): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(value)), undefined, 2)}\n`;
