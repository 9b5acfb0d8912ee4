import { expect } from 'chai';
import * as fc from 'fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { preparePolicies } from '../../../cedar/engine.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { printFile } from '../../../cli/print.ts';
import { importCedar } from '../../../dsl/import/import.ts';
import { validPolicy } from '../../cedar/arbitrary-policy.ts';
import { anyRequest } from '../../cedar/arbitrary-request.ts';
import { MODEL } from '../../cedar/fixture.ts';
import { schemaOf } from '../../cedar/fixture-schema.ts';

const SEED = Math.floor(Math.random() * 2 ** 31);

interface Printed {
  readonly policies: readonly { readonly id: string; readonly text: string }[];
}

describe('policies that are imported and printed again', () => {
  it(`decide as the original text does, by the same policies, with the same errors (seed ${SEED})`, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-decisions-'));
    try {
      await mkdir(path.join(folder, 'out'));
      const texts = fc
        .sample(validPolicy, { numRuns: 40, seed: SEED })
        .map((policy) => printPolicy(policy, { prefix: '' }));
      const [file, schema, out] = ['p.cedar', 's.json', 'out/policies.ts'].map((name) =>
        path.join(folder, name),
      );
      await writeFile(file!, texts.join('\n'));
      await writeFile(schema!, JSON.stringify(schemaOf(MODEL, 'full')));
      const { files } = await importCedar({ file: file!, schema: schema!, out: out! });
      for (const [name, text] of files) await writeFile(name, text);
      const { policies }: Printed = JSON.parse(await printFile(out!, undefined, true));
      expect(policies).to.have.lengthOf(texts.length);

      const before = preparePolicies('import-before', texts.map((text, i) => ({ id: `policy${i}`, text }))); // prettier-ignore
      const after = preparePolicies('import-after', policies);
      for (const request of fc.sample(anyRequest, { numRuns: 100, seed: SEED })) {
        const [expected, found] = [before.authorize(request), after.authorize(request)];
        const ids = (errors: readonly { readonly id: string }[]): string[] => errors.map(({ id }) => id);
        expect(found.decision).to.equal(expected.decision);
        expect(found.reasons).to.deep.equal(expected.reasons);
        expect(ids(found.errors)).to.deep.equal(ids(expected.errors));
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
