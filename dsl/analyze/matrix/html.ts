import type { Matrix } from './cell.ts';
import { groupName } from './compare.ts';
import { sureText } from './file.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './page.ts';

/**
 * The matrix as one page that needs nothing else: a grid, filters, and for each cell the policies that decide with their
 * places. It loads nothing, and its policy forbids it to.
 */
export function matrixHtml(matrix: Matrix): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Who can do what</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<h1>Who can do what</h1>
<p id="solver"></p>
<form id="filters">
<label>Tenant <select name="set"><option value="">all</option></select></label>
<label>Group <select name="group"><option value="">all</option></select></label>
<label>Operation <input name="action" type="search" placeholder="part of its name"></label>
</form>
<p class="legend"><b class="always">✓</b> always <b class="never">·</b> never <b class="on-conditions">if</b> on conditions <b class="unknown">?</b> unknown; a dashed frame: only sampled</p>
<main id="grids"></main>
<section id="guardrails"><h2>Guardrails, which deny whatever the grid says</h2><ul></ul></section>
<dialog id="cell"><h2></h2><p></p><ul></ul><div></div><form method="dialog"><button>Close</button></form></dialog>
<script type="application/json" id="data">${inScript(dataOf(matrix))}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

const dataOf = ({ solver, guardrails, cells, policies }: Matrix): object => ({
  solver: solver ?? null,
  guardrails,
  policies,
  cells: cells.map(({ certainty, groups, set, ...cell }) => ({
    ...cell,
    set,
    groups: groups.map((group) => groupName(group, set)),
    sure: sureText(certainty),
    sampled: certainty.kind === 'sampled',
  })),
});

/** JSON that cannot end the element it stands in, whatever a policy says. */
const inScript = (data: object): string =>
  JSON.stringify(data)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`);
