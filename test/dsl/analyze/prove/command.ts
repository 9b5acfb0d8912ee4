import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Expected } from '../../../../cli/fail.ts';
import { cedarwright, exitCodeOf } from '../../../../cli/program.ts';
import { proveIsolation } from '../../../../cli/prove.ts';
import { makeProject, type Project } from '../../testing/project.ts';

/** `cedarwright prove isolation`, and how it ends. */
export function endsWithAVerdict(): void {
  let project: Project;
  before(async () => {
    project = await makeProject();
  });
  after(() => project.remove());

  it('ends a proof with 0, and a request that breaks it with 11', async () => {
    const [schema, policies] = ['s.cedarschema', 'p.cedar'].map((name) => path.join(project.root, name));
    await writeFile(
      schema!,
      'entity U { tenant: String }; action go appliesTo { principal: U, resource: U, context: {} };',
    );
    await writeFile(
      policies!,
      'permit(principal, action, resource) when { principal.tenant == resource.tenant };',
    );
    const plain = { tenants: [], schema: schema!, policies: policies!, semantics: 'enforced' as const };
    const proved = await proveIsolation(project.root, { ...plain, json: false });
    expect(proved.output.replaceAll(/\s+/g, ' ')).to.match(
      /principal\.tenant is resource\.tenant: proved, for 1 kind of request/,
    );
    expect(proved.exitCode).to.equal(0);
    const broken = await proveIsolation(project.root, { ...plain, tenant: 'acme', json: true });
    expect(broken.exitCode).to.equal(11);
    const json: unknown = JSON.parse(broken.output);
    expect(json).to.have.nested.property('isolation[0].proofs[0].counterexample.request.principal.type', 'U');
    expect(json).to.have.property('solver').that.matches(/^Z3 /);
  });

  it('refuses a tenant that is not there, and what it cannot prove', async () => {
    const failure = await proveIsolation(project.root, {
      tenants: ['nobody'],
      semantics: 'enforced',
      json: false,
    }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Expected);
    for (const args of [
      ['prove', 'everything'],
      ['prove', 'isolation', '--tenant', 'acme'],
    ]) {
      const quiet = { writeErr: () => undefined, writeOut: () => undefined };
      const error = await cedarwright(quiet)
        .parseAsync(args, { from: 'user' })
        .catch((thrown: unknown) => thrown);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what commander throws
      expect(exitCodeOf(error as Parameters<typeof exitCodeOf>[0])).to.equal(2);
    }
  });
}
