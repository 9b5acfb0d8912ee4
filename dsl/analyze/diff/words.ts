import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { printable } from '../../check/printable.ts';
import { showData, showEntity, showSite, showValue } from '../../testing/explain/show.ts';
import { certaintyText } from '../verdict.ts';
import type { Half, Responsible, Row, SetDiff, Told } from './row.ts';

/** `PUT /orders/{id} by User on Order` */
export const rowName = ({ environment: { principal, action, resource } }: Row): string =>
  printable(`${action.uid.id} by ${short(principal)} on ${short(resource)}`);

const short = (type: string): string => type.slice(type.lastIndexOf(':') + 1);

/** What a version did, then what else there is to say of its policies. */
export function toldLines({ decision, knows, policies }: Told): string[] {
  if (!knows) return ['denied: it knows no such requests'];
  const deciding = policies.filter(({ part }) => part === 'decides');
  const erring = policies.filter(({ part }) => part === 'errs');
  const verb = decision === 'allow' ? 'allowed' : 'denied';
  const by = deciding.map(named).join(', ');
  const head =
    by !== ''
      ? `${verb} by ${by}`
      : erring.length > 0
        ? `${verb}: ${erring.map(named).join(', ')} errs`
        : `${verb}: no policy allows it`;
  const others = policies.filter((each) => !deciding.includes(each) && (by !== '' || !erring.includes(each)));
  return [
    head,
    ...others.map((each) => (each.part === 'is not there' ? gone(each) : `${named(each)} ${each.part}`)),
  ];
}

const named = ({ id, site }: Responsible): string => printable(`${id} (${showSite(site)})`);
const gone = ({ id }: Responsible): string => printable(`there is no ${id}`);

/** A request, what each line is about first. Data that is not there is not asked for by any policy. */
export function requestLines({
  principal,
  action,
  resource,
  context,
  entities,
}: AuthorizationRequest): [string, string][] {
  const data = (uid: typeof principal): string => {
    const entity = entities.find((each) => entityKey(each.uid) === entityKey(uid));
    return entity ? showData(entity) : printable(showEntity(uid));
  };
  const shown = new Set([principal, action, resource].map(entityKey));
  const others = entities.filter(({ uid }) => !shown.has(entityKey(uid)));
  return [
    ['principal', data(principal)],
    ['resource', data(resource)],
    ...(Object.keys(context).length > 0
      ? [['context', printable(showValue(context))] as [string, string]]
      : []),
    ...others.map((entity): [string, string] => ['and', showData(entity)]),
  ];
}

/** What a half of a row that shows no request leaves open; undefined where it leaves nothing. */
export function leftOpen({ certainty }: Half, what: string): string | undefined {
  if (certainty.kind === 'unknown') return `${what}: ${printable(certaintyText(certainty))}`;
  if (certainty.kind !== 'sampled') return undefined;
  return `${what}: no counterexample in ${certainty.requests} requests`;
}

/** What became of a set as a whole, and of its vocabulary. */
export function changesOf({ state, added, removed }: SetDiff): string[] {
  const lines = (sign: string, what: string, names: readonly string[]): string[] =>
    names.map((name) => printable(`${sign} ${what} ${name}`));
  return [
    ...(state === 'added' ? ['+ is new'] : []),
    ...(state === 'removed' ? ['- is gone'] : []),
    ...lines('+', 'action', added.actions),
    ...lines('+', 'type', added.types),
    ...lines('-', 'action', removed.actions),
    ...lines('-', 'type', removed.types),
  ];
}

/** Of all sets, in one line. */
export function summary(diffs: readonly SetDiff[]): string {
  const rows = diffs.flatMap((diff) => diff.rows);
  const count = (half: 'opened' | 'narrowed'): number =>
    rows.filter((row) => row[half].certainty.kind === 'counterexample').length;
  const unsure = rows.filter(({ opened, narrowed }) =>
    [opened, narrowed].some(({ certainty: { kind } }) => kind === 'sampled' || kind === 'unknown'),
  ).length;
  const same = diffs.filter(({ state }) => state === 'same').length;
  return [
    `${kinds(count('opened'))} newly allowed`,
    `${count('narrowed')} newly denied`,
    ...(unsure > 0 ? [`${unsure} not known for sure`] : []),
    ...(same > 0 ? [`${same} ${same === 1 ? 'tenant' : 'tenants'} unchanged`] : []),
  ].join(', ');
}

const kinds = (number: number): string => `${number} ${number === 1 ? 'kind' : 'kinds'} of request`;
