import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { build } from 'esbuild';
import { expect } from 'chai';

const here = fileURLToPath(new URL('.', import.meta.url));

describe('the language', () => {
  it('needs nothing of Node: it runs where there is only JavaScript, without code from strings', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { tenantToPlain } from '../../../dsl/tenants/read.ts';
          import { groupsOnly } from '../../types/accept/tenants.ts';
          export const json = JSON.stringify(tenantToPlain(groupsOnly));`,
        resolveDir: here,
      },
      bundle: true,
      format: 'iife',
      globalName: 'read',
      platform: 'neutral',
      write: false,
    });
    const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    const json: unknown = new Script(`${outputFiles[0]?.text}; read.json`, {
      filename: 'bundle.js',
    }).runInContext(context);
    const { ok, value } = JSON.parse(String(json));
    expect(ok).to.equal(true);
    expect(value.slug).to.equal('acme');
    expect(value.policies[0].at).to.include({ file: 'bundle.js' });
    expect(value.policies[0].at.line).to.be.above(1);
  });
});
