import type { WrittenCell, WrittenMatrix } from './file.ts';

/** One difference between the committed matrix and the one of now. */
export interface Move {
  readonly cell: Pick<WrittenCell, 'set' | 'action' | 'principal' | 'resource' | 'groups'>;
  readonly what: string;
  /** Whether more may be allowed than was. */
  readonly opens: boolean;
}

const OPENNESS: Readonly<Record<string, number>> = { never: 0, 'on conditions': 1, unknown: 2, always: 2 };

/** What moved, in the order of the cells. Nothing is said of cells in which a better answer replaces a weaker one. */
export function compareMatrices(then: WrittenMatrix, now: WrittenMatrix): Move[] {
  const before = new Map(then.cells.map((cell) => [keyOf(cell), cell]));
  const after = new Map(now.cells.map((cell) => [keyOf(cell), cell]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  const moves = keys.flatMap((key): Move[] => {
    const [old, fresh] = [before.get(key), after.get(key)];
    const move = (what: string, opens: boolean): Move => ({ cell: (fresh ?? old)!, what, opens });
    if (!old) return fresh ? [move(`new: ${fresh.verdict}`, fresh.verdict !== 'never')] : [];
    if (!fresh) return [move(`gone, was: ${old.verdict}`, false)];
    if (old.verdict !== fresh.verdict)
      return [
        move(
          `${old.verdict} -> ${fresh.verdict}`,
          (OPENNESS[fresh.verdict] ?? 2) > (OPENNESS[old.verdict] ?? 0),
        ),
      ];
    if (JSON.stringify(old.conditions) !== JSON.stringify(fresh.conditions))
      return [move(`other conditions: ${fresh.conditions.join('; ')}`, true)];
    return tierOf(fresh.sure) > tierOf(old.sure)
      ? [move(`less sure: ${old.sure} -> ${fresh.sure}`, false)]
      : [];
  });
  return [...guardrailMoves(then, now), ...moves];
}

function guardrailMoves(then: WrittenMatrix, now: WrittenMatrix): Move[] {
  const nowhere = { set: '', action: 'guardrails', principal: '', resource: '', groups: [] };
  const gone = then.guardrails.filter((line) => !now.guardrails.includes(line));
  const fresh = now.guardrails.filter((line) => !then.guardrails.includes(line));
  return [
    ...gone.map((line) => ({ cell: nowhere, what: `gone: ${line}`, opens: true })),
    ...fresh.map((line) => ({ cell: nowhere, what: `new: ${line}`, opens: false })),
  ];
}

/** A solver and the engine are equally sure; trying is less, and not knowing is least. */
const tierOf = (sure: string): number =>
  sure.startsWith('unknown') ? 2 : sure.startsWith('sampled') ? 1 : 0;

const keyOf = ({ set, action, principal, resource, groups }: WrittenCell): string =>
  JSON.stringify([set, action, principal, resource, groups]);

/** `acme [PAYEE_MGMT] PUT /customer/user/{id} (CustomerUser): never -> always` */
export function moveText({ cell, what }: Move): string {
  const { set, action, resource, groups } = cell;
  if (set === '') return `${action}: ${what}`;
  const type = resource.slice(resource.lastIndexOf(':') + 1);
  return `${set} [${groups.map((group) => groupName(group, set)).join(', ')}] ${action} (${type}): ${what}`;
}

/** A group of a tenant by the name that its file uses. */
export const groupName = (id: string, set: string): string =>
  id.startsWith(`${set}|`) ? id.slice(set.length + 1) : id;
