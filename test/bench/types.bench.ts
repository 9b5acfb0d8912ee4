import { expect } from 'chai';
import { syntheticProject } from '../../bench/synthetic/project.ts';
import { SMALL } from '../../bench/types/budgets.ts';
import { COMPILERS, typeCost } from '../../bench/types/instantiations.ts';

describe('the types of policies', function () {
  this.timeout(60_000);

  // The first is held by the bench itself, which another test runs in a hurry.
  for (const budget of SMALL.slice(1)) {
    const { actions, tenants, additions, instantiations } = budget;
    it(`stay within their budget at ${actions} operations and ${tenants} tenants that add ${additions}`, async () => {
      const project = await syntheticProject(budget);
      try {
        const costs = await Promise.all(COMPILERS.map((compiler) => typeCost(compiler, project.root)));
        for (const [index, compiler] of COMPILERS.entries()) {
          const cost = costs[index]!.instantiations;
          expect(cost, compiler).to.be.at.most(instantiations[compiler]);
          // Far below it, a budget would let anything pass.
          expect(cost, compiler).to.be.at.least(instantiations[compiler] / 2);
        }
      } finally {
        await project.close();
      }
    });
  }
});
