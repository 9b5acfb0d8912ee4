import { expect } from 'chai';
import { LANGUAGE_VERSIONS, newerThan, TARGET_VERSION } from '../../../cedar/language-version.ts';
import type { Policy } from '../../../cedar/ast.ts';
import { languageProblems } from '../../../dsl/check/language-version.ts';
import { policyOf } from '../../../dsl/policy/policy-of.ts';
import { shop } from '../../types/shop.ts';

const { permit, datetime, duration } = shop;
const customer = permit().action('GET /customer/{id}');
const since = (policy: Policy): string[] =>
  newerThan('4.0', policy).map(({ construct, since: version }) => `${construct} ${version}`);

describe('the version of the language', () => {
  it('is told for each construct that Cedar 4.0 did not have', () => {
    const written: Readonly<Record<string, { id(id: string): object }>> = {
      '@reviewed without a value 4.1': permit().annotate('reviewed'),
      '.hasTag() 4.1': permit()
        .action('GET /order/{id}')
        .when(({ resource }) => resource.hasTag('x')),
      '.isEmpty() 4.2': permit()
        .principalIs('User')
        .when(({ principal }) => principal.tags.isEmpty()),
      'datetime(…) 4.3': customer.when(({ resource }) => resource.since.lt(datetime('2026-01-31'))),
      'duration(…) 4.3': permit()
        .action('GET /order/{id}')
        .when(({ resource }) => resource.hold.lt(duration('1h'))),
      '.toDate() 4.3': customer.when(({ resource }) => resource.since.toDate().eq(resource.since)),
    };
    for (const [construct, policy] of Object.entries(written)) {
      expect(since(policyOf(policy.id('x')))).to.deep.equal([construct]);
    }
    const getTag = permit()
      .action('GET /order/{id}')
      .when(({ resource }) => resource.tag('x', (tag) => tag.eq('y')));
    expect(since(policyOf(getTag.id('x')))).to.deep.equal(['.hasTag() 4.1', '.getTag() 4.1']);
  });

  it('is 4.0 for what was always there', () => {
    const policy = permit()
      .principalIs('User')
      .annotate('note', 'x')
      .when(({ principal }) =>
        principal.tags.contains('x').and(principal.nick.has((nick) => nick.like('*'))),
      );
    expect(since(policyOf(policy.id('x')))).to.deep.equal([]);
  });

  it('of the target has all that a policy can be written with', () => {
    expect(TARGET_VERSION).to.equal(LANGUAGE_VERSIONS.at(-1));
  });

  it('is told at the construct', () => {
    const policy = policyOf(
      permit()
        .principalIs('User')
        .when(({ principal }) => principal.age.gt(1).and(principal.tags.isEmpty()))
        .id('x'),
    );
    const [newer] = newerThan('4.1', policy);
    expect(newer?.at).to.not.equal(undefined);
    expect(newer?.at).to.not.deep.equal(policy.at);
  });

  it('is checked before anything is deployed', () => {
    const policy = policyOf(
      permit()
        .principalIs('User')
        .when(({ principal }) => principal.tags.isEmpty())
        .id('x'),
    );
    const printed = { policy, site: policy.at! };
    expect(languageProblems([printed])).to.deep.equal([]);
    expect(languageProblems([printed], '4.1').map(({ code, message }) => [code, message])).to.deep.equal([
      ['LANGUAGE_VERSION', '.isEmpty() came with Cedar 4.2, and the target has Cedar 4.1'],
    ]);
  });
});
