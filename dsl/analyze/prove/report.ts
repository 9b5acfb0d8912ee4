import { requestLines } from '../diff/words.ts';
import { environmentKey } from '../environments.ts';
import { printable } from '../../check/printable.ts';
import { showSite } from '../../testing/explain/show.ts';
import { certaintyText } from '../verdict.ts';
import { wrapped } from '../wrapped.ts';
import type { Isolation } from './isolation.ts';
import type { Counterexample, Proof } from './proof.ts';

/** Verdicts: something is allowed that breaks a claim, which wins over not being sure; nobody can say. */
const BROKEN = 11;
const UNSURE = 12;

/** The exit code: 0 where all is proved. Where nothing could be asked, nothing is. */
export function verdictOf(isolations: readonly Isolation[]): number {
  const kinds = isolations.flatMap(({ proofs }) => proofs.map(({ certainty }) => certainty.kind));
  if (kinds.includes('counterexample')) return BROKEN;
  const isProved =
    isolations.every(({ proofs }) => proofs.length > 0) && kinds.every((kind) => kind === 'proved');
  return isProved ? 0 : UNSURE;
}

/** For people, 80 columns wide. */
export function isolationText(isolations: readonly Isolation[]): string {
  return [
    ...isolations.flatMap(lines),
    'taken for granted of the data:',
    ...assumptions(isolations).map((assumption) => wrapped(assumption, '  - ', '    ')),
  ].join('\n');
}

const assumptions = (isolations: readonly Isolation[]): string[] => [
  ...new Set(isolations.flatMap(({ assumes }) => assumes)),
];

function lines({ name, notApplicable, proofs, leftOut }: Isolation): string[] {
  const heading =
    notApplicable === undefined
      ? `${name}:`
      : wrapped(
          `${name}: not applicable: ${notApplicable}${proofs.length > 0 ? '. Instead:' : ''}`,
          '',
          '  ',
        );
  const types = leftOut.map((name) => name.replaceAll(/\w+::/g, '')).join(', ');
  return [
    heading,
    ...proofs.flatMap((proof) => [
      wrapped(
        `${proof.phase === 'full' ? 'whole policies' : 'at the gateway'}: ${proof.claim}: ${sure(proof)}`,
        '  ',
        '    ',
      ),
      ...(proof.counterexample ? exampleLines(proof.counterexample) : []),
    ]),
    ...(leftOut.length > 0 ? [wrapped(`not asked of ${types}: no tenant's data`, '  ', '    ')] : []),
    '',
  ];
}

const sure = ({ certainty, kinds }: Proof): string =>
  certainty.kind === 'proved'
    ? `proved, for ${kinds} ${kinds === 1 ? 'kind' : 'kinds'} of request`
    : certainty.kind === 'counterexample'
      ? 'not so'
      : certaintyText(certainty);

function exampleLines({ environment, request, by }: Counterexample): string[] {
  const about = [
    ['action', printable(environment.action.uid.id)] as const,
    ...requestLines(request),
    ...by.map(({ id, site }) => ['allowed by', printable(`${id} (${showSite(site)})`)] as const),
  ];
  return about.map(([what, text]) => wrapped(`${what}: ${text}`, '    ', '      '));
}

/** For tools. */
export const isolationJson = (isolations: readonly Isolation[], solver: string | undefined): object => ({
  ...(solver !== undefined && { solver }),
  assumptions: assumptions(isolations),
  isolation: isolations.map(({ name, notApplicable, proofs, leftOut }) => ({
    set: name,
    ...(notApplicable !== undefined && { notApplicable }),
    leftOut,
    proofs: proofs.map(({ phase, claim, kinds, certainty, counterexample }) => ({
      phase,
      claim,
      kinds,
      verdict: certainty.kind,
      sure: certaintyText(certainty),
      ...(counterexample && {
        counterexample: {
          environment: environmentKey(counterexample.environment),
          request: counterexample.request,
          allowedBy: counterexample.by.map(({ id, site }) => ({ id, ...site })),
        },
      }),
    })),
  })),
});
