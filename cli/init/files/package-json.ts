import type { Plan } from '../plan.ts';

/** `package.json`: the commands are this package's. */
export const packageJson = ({ name, api, dependencies }: Plan): string =>
  JSON.stringify({
    name,
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      start: 'exec cedarwright start',
      test: 'cedarwright test',
      check: 'cedarwright check',
      schema: 'cedarwright schema',
    },
    cedarwright: { api, backend: 'backend/main.ts', examples: 'examples.json' },
    dependencies,
  });

/** `tsconfig.json`: what the language of policies needs, and the strictness it is made for. */
export const tsconfigJson = (): string =>
  JSON.stringify({
    compilerOptions: {
      noEmit: true,
      strict: true,
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      // Named by what is imported: a project needs no types of its own.
      types: [],
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      resolveJsonModule: true,
      // The model's types are in model.d.json.ts.
      allowArbitraryExtensions: true,
      skipLibCheck: true,
    },
    include: ['dsl', 'tenants', 'backend', 'test', 'infra.ts'],
  });
