import { posix } from 'node:path';
import type ts from 'typescript';
import { typescript } from './typescript.ts';
import type { Site } from '../../cedar/ast.ts';
import type { Problem } from './problem.ts';
import { siteOf } from './source-file.ts';

/** A tenant's permanent id: it stands in names of AWS resources, keys and entity ids. */
export const SLUG = /^[a-z][a-z0-9-]{1,30}$/;

/** What a tenant file may export. */
const KINDS: readonly string[] = ['saasTenant', 'customerApp', 'workforceApp', 'serviceClient'];
const RETIRED = 'retired';

interface DefaultExport {
  readonly problems: readonly Problem[];
  readonly at: Site;
  readonly retired: boolean;
}

/** Reads `export default saasTenant({ slug: 'acme' … })` or `export default retired('acme')` without running it. */
export function tenantExport(source: ts.SourceFile): DefaultExport {
  const found = exportedCall(source, [...KINDS, RETIRED]);
  if (!('call' in found)) return found;
  const { call, at } = found;
  const retired = typescript.isIdentifier(call.expression) && call.expression.text === RETIRED;
  const [argument] = call.arguments;
  const problems = retired
    ? slugTextProblems(source, argument, argument ?? call)
    : slugProblems(source, call);
  return { at, problems, retired };
}

/** Reads `export default guardrails(…)` without running it. */
export function guardrailsExport(source: ts.SourceFile): DefaultExport {
  const found = exportedCall(source, ['guardrails']);
  return 'call' in found ? { problems: [], at: found.at, retired: false } : found;
}

function exportedCall(
  source: ts.SourceFile,
  makers: readonly string[],
): DefaultExport | { readonly call: ts.CallExpression; readonly at: Site } {
  const assignments = source.statements.filter(typescript.isExportAssignment);
  const [assignment, second] = assignments;
  const at = siteOf(source, assignment ?? 0);
  const wrong = (where: Site, message: string): DefaultExport => ({
    at,
    retired: false,
    problems: [
      {
        site: where,
        code: 'DEFAULT_EXPORT',
        message,
        remedy: `write export default ${makers.join('(…) or ')}(…), once`,
      },
    ],
  });
  if (!assignment) return wrong(at, 'the file has no default export');
  if (second) return wrong(siteOf(source, second), 'the file has a second default export');
  const call = assignment.expression;
  if (
    typescript.isCallExpression(call) &&
    typescript.isIdentifier(call.expression) &&
    makers.includes(call.expression.text)
  ) {
    return { call, at };
  }
  return wrong(siteOf(source, call), 'the default export is something else');
}

function slugProblems(source: ts.SourceFile, call: ts.CallExpression): Problem[] {
  const [definition] = call.arguments;
  const slugs =
    definition && typescript.isObjectLiteralExpression(definition)
      ? definition.properties.filter(
          ({ name }) => name && typescript.isIdentifier(name) && name.text === 'slug',
        )
      : [];
  const [property, second] = slugs;
  if (second) return slugProblem(source, second, 'the slug is given twice', 'keep one');
  const given = property && typescript.isPropertyAssignment(property) ? property.initializer : undefined;
  return slugTextProblems(source, given, property ?? definition ?? call);
}

/** `where`: for a slug that is not there. */
function slugTextProblems(source: ts.SourceFile, given: ts.Node | undefined, where: ts.Node): Problem[] {
  const expected = posix.basename(source.fileName, '.ts');
  if (!given || !typescript.isStringLiteralLike(given)) {
    return slugProblem(
      source,
      where,
      'the slug is not written as text in the file',
      `write the slug: '${expected}'`,
    );
  }
  const slug = given.text;
  if (!SLUG.test(slug)) {
    return slugProblem(
      source,
      given,
      `"${slug}" is no slug`,
      'use 2 to 31 lower case letters, digits and "-", a letter first',
    );
  }
  if (slug === expected) return [];
  return slugProblem(
    source,
    given,
    `the slug "${slug}" is not the file's name`,
    `write '${expected}', or name the file ${slug}.ts if the tenant is new`,
  );
}

const slugProblem = (source: ts.SourceFile, node: ts.Node, message: string, remedy: string): Problem[] => [
  { site: siteOf(source, node), code: 'SLUG', message, remedy },
];
