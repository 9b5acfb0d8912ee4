import type { SchemaFamily, SchemaShape } from '../policy/types.ts';
import { ProblemsError } from '../check/problem.ts';
import { type Bench, expectAllowed, expectDenied } from './expectation.ts';
import type { Phase } from './given.ts';
import { expectAll } from './grid.ts';
import { type TestedProject, testedProject } from './loaded.ts';
import { nearest } from './request/mistake.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { PolicyTests, Sample, Testing } from './tests.ts';

/**
 * Binds policy tests to the vocabulary of an API, as `npm run schema` wrote it:
 * `export const { policies, sample } = policyTests<Api>();`
 */
export function policyTests<F extends SchemaFamily>(): Testing<F> {
  return {
    policies: async (slug, { root = process.cwd(), phase } = {}) => {
      try {
        const project = await testedProject(root);
        return testsOf({ subject: subjectIn(project, slug, phase ?? 'backend'), root: project.root });
      } catch (error) {
        return failing(error);
      }
    },
    sample: sampleOf,
  };
}

const subjects = new WeakMap<TestedProject, Map<string, Subject>>();

/** @throws ProblemsError when there is no such tenant */
function subjectIn(project: TestedProject, slug: string, phase: Phase): Subject {
  const known = subjects.get(project) ?? new Map<string, Subject>();
  subjects.set(project, known);
  const key = `${slug} ${phase}`;
  const subject = known.get(key) ?? newSubject(project, slug, phase);
  known.set(key, subject);
  return subject;
}

function newSubject({ root, model, tenants }: TestedProject, slug: string, phase: Phase): Subject {
  const tenant = tenants.get(slug);
  if (tenant) return subjectOf(root, { model, tenant, phase });
  const message = `there is no tenant "${slug}"`;
  throw new ProblemsError([{ code: 'TEST_TENANT', message, remedy: nearest(slug, [...tenants.keys()]) }]);
}

// What callers may give is the types' affair; what they gave all the same, that of the request.
function testsOf<S extends SchemaShape, P extends Phase>(bench: Bench): PolicyTests<S, P>;
function testsOf(bench: Bench): object {
  const can = (principal: unknown, action: string, resource?: unknown, context?: unknown) =>
    expectAllowed(bench, { principal, action, resource, context }, can);
  const cannot = (principal: unknown, action: string, resource?: unknown, context?: unknown) =>
    expectDenied(bench, { principal, action, resource, context }, cannot);
  const table = (columns: Parameters<typeof expectAll>[1], ...rows: Parameters<typeof expectAll>[2]): void =>
    expectAll(bench, columns, rows, table);
  return { can, cannot, table };
}

/**
 * Fails in each test that asks, not where the file is read: there it would end all other files' tests, and mocha would
 * show its own trouble with the file instead (it reads TypeScript twice, and tells of the first time).
 */
function failing<S extends SchemaShape, P extends Phase>(error: unknown): PolicyTests<S, P>;
function failing(error: unknown): object {
  const fail = (): never => {
    throw error;
  };
  return { can: fail, cannot: fail, table: fail };
}

function sampleOf<S extends SchemaShape, N extends string>(type: N, attributes: object): Sample<S, N>;
function sampleOf(type: string, attributes: object): object {
  return (changes: object = {}) => ({ type, attributes: { ...attributes, ...changes } });
}
