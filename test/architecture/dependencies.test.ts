import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './sources.ts';

/** SPDX ids whose terms ask for no more than a notice. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
]);
/** Packages whose package.json names no SPDX id, with what their licence file says. */
const READ_BY_HAND: Readonly<Record<string, string>> = { '@logdna/tail-file': 'MIT', lazy: 'MIT' };

interface Package {
  readonly license?: unknown;
  readonly resolved?: string;
}

describe('the dependencies', () => {
  const text = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
  const { packages }: { packages: Record<string, Package> } = JSON.parse(text);
  const folders = Object.keys(packages).filter((folder) => folder !== '');

  it('come from whatever registry the person uses: the lock names none', () => {
    expect(folders.filter((folder) => packages[folder]?.resolved !== undefined)).to.deep.equal([]);
    expect(text).not.to.match(/registry\./);
  });

  it('have permissive licences, direct or not', () => {
    expect(folders.length).to.be.greaterThan(100);
    const wrong = folders
      .map((folder) => `${nameOf(folder)}: ${licenceOf(folder, packages[folder]!)}`)
      .filter((line) => !isPermissive(line.slice(line.indexOf(': ') + 2)));
    expect(wrong).to.deep.equal([]);
  });
});

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('node_modules/') + 13);

/** As installed; a package for another platform is not, and then the lock repeats what it says of itself. */
function licenceOf(folder: string, locked: Package): string {
  return READ_BY_HAND[nameOf(folder)] ?? String((manifest(folder) ?? locked).license);
}

function manifest(folder: string): Package | undefined {
  try {
    const found: Package = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
    return found;
  } catch {
    return undefined;
  }
}

/** Of an expression of alternatives one must be permissive, of a conjunction all. */
function isPermissive(licence: string): boolean {
  const alternatives = licence.replaceAll(/[()]/g, '').split(' OR ');
  return alternatives.some((one) => one.split(' AND ').every((id) => PERMISSIVE.has(id)));
}
