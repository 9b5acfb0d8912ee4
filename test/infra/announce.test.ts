import { expect } from 'chai';
import { announcement } from '../../infra/announce.ts';

const SETTINGS = { gatewayTtlSeconds: 60, registryStalenessSeconds: 5, storeConsistencyMs: 5000 };
const LIVE =
  'Live policies stay as they are: items live#<tenant> of the table shop-dev-policies, of which a deployment knows nothing.';
const announced = (summary: string): string =>
  announcement({ summary, settings: SETTINGS, policyTable: 'shop-dev-policies' });

describe('what a preview says before the first resource', () => {
  it('is what changes, until when everybody feels it, and what stays', () => {
    const lines = announced('~ tenant acme').split('\n');
    expect(lines[0]).to.equal('~ tenant acme');
    expect(lines).to.include('Until everybody feels it, at most:');
    expect(lines.some((line) => /^ +a policy +80 s: gateway 60 s/.test(line))).to.equal(true);
    expect(lines.at(-1)).to.equal(LIVE);
  });

  it('is that nothing changes where nothing does', () => {
    expect(announced('')).to.equal(`No tenant changes, and none of their policies.\n${LIVE}`);
  });
});
