import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { printFile } from '../../../cli/print.ts';
import { importCedar } from '../../../dsl/import/import.ts';
import { runCedarTests } from '../../../dsl/testing/cedar-cli/run.ts';

const museum = (kind: string): string => fileURLToPath(new URL(`corpus/museum.${kind}`, import.meta.url));

interface Printed {
  readonly policies: readonly { readonly id: string; readonly text: string }[];
}

/** The tests that do not come out as they say. */
async function failures(policies: string, policyFormat: 'cedar' | 'json'): Promise<unknown[]> {
  const results = await runCedarTests({
    tests: museum('tests.json'),
    schema: museum('cedarschema'),
    policies,
    policyFormat,
  });
  expect(results).to.have.length.above(30);
  return results.filter(({ outcome }) => outcome !== 'ok');
}

describe('the policies of a museum', () => {
  it('decide by the same policies and with the same errors before they are imported and after', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-museum-'));
    try {
      const [out, printed] = [
        path.join(folder, 'out', 'museum.ts'),
        path.join(folder, 'museum.json'),
      ] as const;
      expect(await failures(museum('cedar'), 'cedar')).to.deep.equal([]);
      const { files, untyped, renamed } = await importCedar({
        file: museum('cedar'),
        schema: museum('cedarschema'),
        out,
      });
      expect([...untyped, ...renamed]).to.deep.equal([]);
      await mkdir(path.dirname(out));
      for (const [name, text] of files) await writeFile(name, text);
      const { policies }: Printed = JSON.parse(await printFile(out, undefined, true));
      const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
      await writeFile(printed, JSON.stringify({ staticPolicies }));
      expect(await failures(printed, 'json')).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
