import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type * as program from '../../infra/index.ts';
import type * as declared from '../../infra/outputs.d.ts';

/** Whether one may stand for the other, both ways round: what the compiler finds, `npm run check` tells. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
const same: { readonly [name in keyof typeof program]: true } = {
  gateways: true satisfies Same<typeof program.gateways, typeof declared.gateways>,
  tenantStates: true satisfies Same<typeof program.tenantStates, typeof declared.tenantStates>,
  deployed: true satisfies Same<typeof program.deployed, typeof declared.deployed>,
};

describe('the types of what a stack exports', () => {
  it('are those that projects are checked against', async () => {
    for (const file of ['index.ts', 'outputs.d.ts']) {
      const source = await readFile(new URL(`../../infra/${file}`, import.meta.url), 'utf8');
      const names = [...source.matchAll(/^export (?:declare )?const (\w+)/gm)].map(([, name]) => name);
      expect(names, file).to.have.members(Object.keys(same));
    }
  });
});
