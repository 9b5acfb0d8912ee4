import { expect } from 'chai';
import { assert, pre, property, stringMatching, tuple } from 'fast-check';
import { nameProblems, namePrefix } from '../../infra/name-prefix.ts';

const prefix = (project: string, stack: string): string => namePrefix({ project, stack });

describe('what the names of a stack begin with', () => {
  it('is its project and itself', () => {
    expect(prefix('cedarwright', 'dev')).to.equal('cedarwright-dev');
    expect(prefix('shop', 'dev')).to.equal('shop-dev');
  });

  it('is never that of another project’s stack', () => {
    const word = stringMatching(/^[a-z][a-z-]{0,4}$/);
    const deployed = tuple(word, word);
    assert(
      property(deployed, deployed, ([project, stack], [other, its]) => {
        pre(project !== other);
        expect(prefix(project, stack)).not.to.equal(prefix(other, its));
      }),
      {
        examples: [
          [
            ['shop', 'eu-dev'],
            ['shop-eu', 'dev'],
          ],
        ],
      },
    );
    expect(new Set(['a-b', 'a_b', 'a.b'].map((project) => prefix(project, 'dev'))).size).to.equal(3);
  });

  it('is the same in every embedded cloud, whose tools know its tables', () => {
    expect(prefix('shop', 'local')).to.equal('cedarwright-local');
  });

  it('is refused before any resource when a function or a role could not have it', () => {
    expect(nameProblems({ project: 'cedarwright', stack: 'dev' })).to.deep.equal([]);
    expect(nameProblems({ project: 'shop', stack: 'a'.repeat(40) })).to.deep.equal([]);
    for (const stack of ['a'.repeat(41), 'feature.x', 'größe']) {
      const [problem] = nameProblems({ project: 'shop', stack });
      expect(problem).to.deep.include({ code: 'STACK_NAME' });
      expect(problem?.message).to.include(stack);
    }
  });
});
