import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Policy } from '../../../cedar/ast.ts';
import { policyFromPlain } from '../../../cedar/json.ts';
import { printExpr, printPolicy } from '../../../cedar/print.ts';
import { builderOf, stateOf } from '../../../dsl/policy/builder.ts';
import { templateOf } from '../../../dsl/policy/policy-of.ts';
import { exprOf } from '../../../dsl/policy/registry.ts';
import { variables } from '../../../dsl/policy/variables.ts';
import { namesOf } from '../../../dsl/policy/vocabulary.ts';
import { guardrailsToPlain, type Outcome, tenantToPlain } from '../../../dsl/tenants/read.ts';
import * as shop from '../../types/shop.ts';
import { documented, type Documented, type Example } from './doc-examples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const prefix = 'acme';
const MODULE = 'examples.ts';

/** What `principal`, `resource` and `context` may be in an example: it has to compile in one of them. */
const SCOPES = [
  `permit().principalIs('User').action('PUT /customer/user/{id}')`,
  `permit().principalIs('User').action('GET /order/{id}')`,
  `permit().action('GET /order/{id}')`,
  `permit().actions(['GET /order/{id}', 'POST /order'])`,
];

/** What no policy is written with. */
const PRINTS_NOTHING = ['federatedWith', 'oidcIssuer', 'retired'].map(
  (name) => `language.ts: Language.${name}`,
);

/** What the module of examples exports. */
interface Examples {
  examplesOf(module: object): readonly ((scope: object) => unknown)[];
}

/** A module with each example once for each scope, a line each. */
const moduleOf = (examples: readonly Example[]): { source: string; lineOf: (i: number) => number } => {
  const head = [
    `import type * as Shop from ${JSON.stringify(`${root}test/types/shop.ts`)};`,
    'type ScopeOf<B extends { when: unknown }> = B extends { when(of: (scope: infer S) => never): unknown } ? S : never;',
    'export function examplesOf({ shop, saasTenant, customerApp, workforceApp, serviceClient, federatedWith, oidcIssuer, guardrails, extension }: typeof Shop) {',
    'const { permit, forbid, op, entity, group, actionEntity, link, value, set, record, ip, decimal, datetime, duration } = shop;',
    ...SCOPES.flatMap((scope, i) => [`const b${i} = ${scope};`, `type S${i} = ScopeOf<typeof b${i}>;`]),
    'return [',
  ];
  const lines = examples.flatMap(({ written }) =>
    SCOPES.map((_, i) => `({ principal, resource, action, context }: S${i}): unknown => (${written}),`),
  );
  return {
    source: [...head, ...lines, '];', '}', ''].join('\n'),
    lineOf: (i) => head.length + i * SCOPES.length + 1,
  };
};

/** A project of one module, apart from this one: not all that its examples try compiles. */
async function write(folder: string, source: string): Promise<void> {
  const options = { extends: `${root}tsconfig.json`, compilerOptions: { types: [] }, include: ['*.ts'] };
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options));
  await writeFile(join(folder, MODULE), source);
}

/** Lines with a type error, with the first of each. */
async function errorsIn(folder: string): Promise<Map<number, string>> {
  const tsc = `${root}node_modules/typescript7/bin/tsc`;
  const output = await promisify(execFile)(
    process.execPath,
    [tsc, '-p', folder, '--pretty', 'false', '--checkers', '1'],
    {
      cwd: folder,
    },
  ).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
  const errors = [...output.matchAll(/^(.+)\((\d+),\d+\): (error .*)$/gm)].reverse();
  return new Map(errors.map(([, , line, error = '']) => [Number(line), error]));
}

const imported = (file: string): Promise<Examples> => import(pathToFileURL(file).href);

const unwrapped = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.problems));
};

function policiesOf(result: unknown): readonly Policy[] {
  const state = stateOf(result);
  if (state) return [templateOf(builderOf({ id: 'x', ...state }))];
  const tenant = { slug: prefix, kind: 'saasTenant', dataTenants: [prefix] } as const;
  const common = guardrailsToPlain(result, tenant);
  const policies = common.ok ? common.value : unwrapped(tenantToPlain(result)).policies;
  return policies.map(policyFromPlain);
}

/** What an example comes to, on one line. */
const cedarOf = (result: unknown): string => {
  const expr = exprOf(result);
  if (expr) return printExpr(expr, { prefix });
  return policiesOf(result)
    .map((policy) => printPolicy(policy, { prefix }))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('( ', '(')
    .replaceAll(' )', ')');
};

describe('the docstrings of the language', () => {
  let members: readonly Documented[];
  let examples: readonly Example[];
  let folder: string;

  before(async () => {
    members = await documented();
    examples = members.flatMap((member) => member.examples);
    folder = await mkdtemp(join(tmpdir(), 'examples-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('show what each member prints', () => {
    expect(members).to.have.length.above(100);
    const silent = members.filter(({ examples: shown }) => shown.length === 0).map(({ name }) => name);
    expect(silent).to.deep.equal(PRINTS_NOTHING);
  });

  it('compile, and print what they say', async () => {
    const { source, lineOf } = moduleOf(examples);
    await write(folder, source);
    const [errors, module] = await Promise.all([errorsIn(folder), imported(join(folder, MODULE))]);
    const run = module.examplesOf(shop);
    const scope = variables(namesOf(shop.model, []));
    const wrong = examples.flatMap(({ of, written, printed }, i) => {
      const found = SCOPES.map((_, variant) => errors.get(lineOf(i) + variant));
      if (!found.includes(undefined)) return [`${of}: ${written}: ${found.at(-1)}`];
      const cedar = cedarOf(run[i * SCOPES.length]?.(scope));
      return cedar === printed ? [] : [`${of}: ${written} prints ${cedar}`];
    });
    expect(wrong).to.deep.equal([]);
  });
});
