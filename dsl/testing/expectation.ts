import { type Asked, noteAsked } from './asked.ts';
import { explain } from './explain/explain.ts';
import { failUnlessForgiven } from './pending.ts';
import { atLineOf, type Below, PolicyTestFailed } from './place.ts';
import { nearest, RequestMistake } from './request/mistake.ts';
import type { Given } from './request/request.ts';
import type { Examination, Subject } from './subject.ts';
import type { Allowed, Denied } from './tests.ts';

/** A tenant under test, and the folder from which places are told. */
export interface Bench {
  readonly subject: Subject;
  readonly root: string;
}

/** The policies must allow it, and none may err. `below`: the function that the test called. */
export function expectAllowed({ subject, root }: Bench, given: Given, below: Below): Allowed {
  const asked = atLineOf(below, root, () => ask(subject, given, 'allow'));
  const wrong = wrongAnswer(asked);
  if (wrong) throw failure(asked, wrong, below);
  const by = (policy: string): void => {
    atLineOf(by, root, () => pin(asked, policy));
    if (!asked.examination.result.reasons.includes(policy))
      throw failure(asked, `allowed, but not by ${policy}`, by);
  };
  return { by };
}

/** The policies must deny it, and not because one errs, unless the test goes on to say so. */
export function expectDenied({ subject, root }: Bench, given: Given, below: Below): Denied {
  const asked = atLineOf(below, root, () => ask(subject, given, 'deny'));
  const wrong = wrongAnswer(asked);
  const { decision, result } = asked.examination;
  if (wrong && decision === 'allow') throw failure(asked, wrong, below);
  const forgive = wrong ? failUnlessForgiven(failure(asked, wrong, below)) : () => {};
  const forbids = decision === result.decision ? result.reasons : [];
  const decidedBy = (policy: string, deciding: readonly string[], called: Below): void => {
    forgive();
    atLineOf(called, root, () => pin(asked, policy));
    if (!deciding.includes(policy)) throw failure(asked, `denied, but not by ${policy}`, called);
  };
  const by = (policy: string): void => decidedBy(policy, forbids, by);
  const because = (policy: string): void =>
    decidedBy(policy, [...forbids, ...result.errors.map(({ id }) => id)], because);
  return { by, because };
}

/** Asks, and notes that it was asked. @throws RequestMistake */
export const ask = (subject: Subject, given: Given, expected: Asked['expected']): Asked =>
  noteAsked({ subject, given, examination: subject.examine(given), expected });

/** What is wrong with the answer, if anything. */
export function wrongAnswer({ examination, expected }: Asked): string | undefined {
  if (expected === 'allow')
    return examination.decision === 'allow' ? undefined : 'denied, but must be allowed';
  if (examination.decision === 'allow') return 'allowed, but must be denied';
  return isByError(examination) ? 'denied, but only because a policy errs' : undefined;
}

/** Whether it is an error, and no forbid, that denies. */
const isByError = ({ result }: Examination): boolean =>
  result.errors.length > 0 && (result.decision === 'allow' || result.reasons.length === 0);

/** A wrong answer in full. */
export const report = ({ subject, given, examination }: Asked, headline: string): string =>
  `${headline}: ${sentence(given)}\n\n${explain(subject, examination)}\n`;

const failure = (asked: Asked, headline: string, below: Below): PolicyTestFailed =>
  new PolicyTestFailed(report(asked, headline), below);

/** `alice POST /orders on Order` */
export function sentence({ principal, action, resource }: Given): string {
  const who = typeof principal === 'string' ? `${principal} ` : '';
  const isNamed = typeof resource === 'object' && resource !== null && 'type' in resource;
  return `${who}${action}${isNamed ? ` on ${String(resource.type)}` : ''}`;
}

/** Notes what a test says of a policy. @throws RequestMistake when there is no such policy */
function pin({ subject, pinned }: Asked, policy: string): void {
  const { tenant } = subject.world;
  const ids = subject.rules.map(({ id }) => id);
  if (ids.includes(policy)) {
    pinned.push(policy);
    return;
  }
  throw tenant.enforcedBySchema.includes(policy)
    ? new RequestMistake(
        'TEST_POLICY',
        `the schema of ${tenant.slug} enforces "${policy}"`,
        'no request meets it',
      )
    : new RequestMistake(
        'TEST_POLICY',
        `${tenant.slug} has no policy "${policy}" here`,
        nearest(policy, ids),
      );
}
