/** What the page of the matrix looks like. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #8884; --yes: #2a8a3e; --if: #b7791f; --odd: #c53030; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; }
h1 { margin: 0 0 .5rem; }
form { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
select, input, button { font: inherit; }
table { border-collapse: collapse; margin: .5rem 0 2rem; }
caption { text-align: left; font-weight: 600; font-size: 1.15rem; padding: .3rem 0; }
th, td { border: 1px solid var(--line); padding: .15rem .5rem; text-align: center; }
tbody th { text-align: left; font-weight: 400; font-family: ui-monospace, monospace; }
thead th { position: sticky; top: 0; background: Canvas; }
td button { all: unset; cursor: pointer; min-width: 1.6rem; display: inline-block; }
td button:focus-visible { outline: 2px solid Highlight; }
.always { color: var(--yes); } .on-conditions { color: var(--if); } .unknown { color: var(--odd); } .never { color: GrayText; }
td.sampled { outline: 2px dashed var(--if); outline-offset: -3px; }
dialog { max-width: 60rem; } pre { background: #8882; padding: .6rem; overflow-x: auto; }
`;

/**
 * What it does. All that comes from policies is set as text, never as markup. Plain JavaScript: it is part of the page,
 * and nothing compiles it.
 */
export const PAGE_SCRIPT = `
const data = JSON.parse(document.getElementById('data').textContent);
const filters = document.getElementById('filters');
const make = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
};
const unique = (items) => [...new Set(items)];
const columnOf = (cell) => (cell.groups.length === 0 ? 'in no group' : cell.groups.join(' + '));
const short = (type) => type.slice(type.lastIndexOf(':') + 1);
const SIGNS = { always: '✓', never: '·', 'on conditions': 'if', unknown: '?' };

for (const set of unique(data.cells.map((cell) => cell.set))) filters.set.append(make('option', set));
for (const group of unique(data.cells.map(columnOf)).sort()) filters.group.append(make('option', group));
document.getElementById('solver').textContent = data.solver ? 'proved with ' + data.solver : 'made without a solver';
const guardrails = document.getElementById('guardrails');
guardrails.hidden = data.guardrails.length === 0;
for (const { id, sets, text } of data.guardrails)
  guardrails.querySelector('ul').append(make('li', id + ' (' + sets.join(', ') + '): ' + text));

function show(cell) {
  const dialog = document.getElementById('cell');
  dialog.querySelector('h2').textContent = cell.action + ' on ' + short(cell.resource);
  dialog.querySelector('p').textContent =
    cell.set + ', ' + short(cell.principal) + ' ' + columnOf(cell) + ': ' + cell.verdict + ' (' + cell.sure + ')';
  dialog.querySelector('ul').replaceChildren(...cell.conditions.map((line) => make('li', line)));
  const policies = data.policies.filter(({ set, id }) => set === cell.set && cell.policies.includes(id));
  dialog.querySelector('div').replaceChildren(
    ...policies.flatMap(({ id, file, line, text }) => [make('h3', id + ' (' + file + ':' + line + ')'), make('pre', text)]),
  );
  dialog.showModal();
}

function cellElement(cell) {
  if (!cell) return make('td');
  const element = make('td', undefined, cell.sampled ? 'sampled' : '');
  const button = make('button', SIGNS[cell.verdict], cell.verdict.replace(' ', '-'));
  button.title = [cell.verdict + ' (' + cell.sure + ')', ...cell.conditions].join('\\n');
  button.addEventListener('click', () => show(cell));
  element.append(button);
  return element;
}

function grid(set, cells) {
  const table = make('table');
  table.append(make('caption', set));
  const columns = unique(cells.map(columnOf)).sort((a, b) => (b === 'in no group') - (a === 'in no group') || a.localeCompare(b));
  const head = make('tr');
  head.append(make('th', 'operation'), make('th', 'about'), ...columns.map((column) => make('th', column)));
  table.append(make('thead'));
  table.tHead.append(head);
  const body = make('tbody');
  for (const row of unique(cells.map(({ action, principal, resource }) => JSON.stringify([action, principal, resource])))) {
    const [action, principal, resource] = JSON.parse(row);
    const own = cells.filter((cell) => cell.action === action && cell.principal === principal && cell.resource === resource);
    const line = make('tr');
    line.append(make('th', action), make('td', short(principal) + ', ' + short(resource)));
    for (const column of columns) line.append(cellElement(own.find((cell) => columnOf(cell) === column)));
    body.append(line);
  }
  table.append(body);
  return table;
}

function draw() {
  const set = filters.set.value, group = filters.group.value, action = filters.action.value.toLowerCase();
  const shown = data.cells.filter(
    (cell) =>
      (set === '' || cell.set === set) &&
      (group === '' || columnOf(cell) === group) &&
      cell.action.toLowerCase().includes(action),
  );
  document.getElementById('grids').replaceChildren(
    ...unique(shown.map((cell) => cell.set)).map((name) => grid(name, shown.filter((cell) => cell.set === name))),
  );
}
filters.addEventListener('input', draw);
filters.addEventListener('submit', (event) => event.preventDefault());
draw();
`;
