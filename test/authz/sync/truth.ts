import { type AuthorizationRequest, preparePolicies } from '../../../cedar/engine.ts';

/** What one policy says to one request. */
type Effect = 'permit' | 'forbid' | 'error' | 'nothing';

const group = (id: string) => ({ type: 'Library::Group', id });
const reader = (id: string, ...groups: string[]) => ({
  uid: { type: 'Library::Reader', id },
  attrs: {},
  parents: groups.map(group),
});
const READERS = [reader('a', 'A'), reader('b', 'B'), reader('ab', 'A', 'B')];
const BOOK = {
  uid: { type: 'Library::Book', id: '1' },
  attrs: { tenant: 'acme', status: 'open' },
  parents: [],
};

/** Requests as the fixture's schema has them, enough to tell the policies of the tests apart. */
const REQUESTS: readonly AuthorizationRequest[] = READERS.flatMap((principal) =>
  ['read', 'write'].flatMap((action) =>
    [0, 1, 2].map((n) => ({
      principal: principal.uid,
      action: { type: 'Library::Action', id: action },
      resource: BOOK.uid,
      context: { n },
      entities: [principal, BOOK],
    })),
  ),
);

const known = new Map<string, readonly Effect[]>();

/** What a policy says to each request, from the real engine. */
function effectsOf(statement: string): readonly Effect[] {
  const cached = known.get(statement);
  if (cached) return cached;
  const prepared = preparePolicies('one', [{ id: 'it', text: statement }]);
  const effects = REQUESTS.map((request): Effect => {
    const { decision, reasons, errors } = prepared.authorize(request);
    if (errors.length > 0) return 'error';
    if (reasons.length === 0) return 'nothing';
    return decision === 'allow' ? 'permit' : 'forbid';
  });
  known.set(statement, effects);
  return effects;
}

/** The indexes of the requests that a set allows: some policy permits, none forbids, and none errs. */
export function allowedBy(statements: readonly string[]): Set<number> {
  const effects = statements.map(effectsOf);
  const says = (index: number, effect: Effect): boolean => effects.some((of) => of[index] === effect);
  const allows = (i: number): boolean => says(i, 'permit') && !says(i, 'forbid') && !says(i, 'error');
  return new Set(REQUESTS.flatMap((_, i) => (allows(i) ? i : [])));
}
