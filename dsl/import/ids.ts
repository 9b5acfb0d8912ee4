/** What the language keeps for itself. */
const RESERVED = /^(?:(?:guardrail|live)-|release$)/;
const LONGEST = 100;

/**
 * Gives out ids that the language takes: lower case letters, digits and `-`, at most 100 characters, each once. A name
 * that is one already stays as it is, the first time.
 */
export function idMaker(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const legal = legalId(wanted);
    let id = legal;
    for (let n = 2; taken.has(id); n += 1) id = `${legal.slice(0, LONGEST - 1 - String(n).length)}-${n}`;
    taken.add(id);
    return id;
  };
}

function legalId(wanted: string): string {
  const words = wanted
    .normalize('NFKD')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const id = /^[a-z0-9][a-z0-9-]*$/.test(wanted) ? wanted : words || 'policy';
  return (RESERVED.test(id) ? `imported-${id}` : id).slice(0, LONGEST);
}
