// Tables that sort, filter and come in pages: however many rows there are, a hundred are drawn.
const PAGE = 100;

/** `columns` are {title, get, cell?, number?, title2?}; `options` are {sort, down, filter, label, hint}. */
function table(columns, rows, options) {
  const state = { sort: options.sort || 0, down: options.down !== false, words: "", page: 0 };
  const body = el("tbody"), head = el("tr"), foot = el("div", { class: "pager" });
  const heads = columns.map((column, at) => headCell(column, at, state, () => draw()));
  head.append(...heads);
  const draw = () => {
    const found = arranged(columns, rows, state, options);
    state.page = Math.min(state.page, Math.max(0, Math.ceil(found.length / PAGE) - 1));
    body.replaceChildren(...found.slice(state.page * PAGE, (state.page + 1) * PAGE).map((row) => bodyRow(columns, row)));
    heads.forEach((cell, at) => cell.setAttribute("aria-sort", at === state.sort ? (state.down ? "descending" : "ascending") : "none"));
    foot.replaceChildren(...pager(found.length, state, draw));
  };
  draw();
  const filter = rows.length > 12 && options.filter
    ? el("input", { type: "search", class: "filter", placeholder: "Filter…", "aria-label": `Filter ${options.label}`, oninput: (event) => { state.words = event.target.value.toLowerCase(); state.page = 0; draw(); } }) : null;
  return el("div", { class: "tablebox" }, filter, el("div", { class: "scroll" }, el("table", { "aria-label": options.label }, el("thead", {}, head), body)), foot);
}
function headCell(column, at, state, draw) {
  const sort = () => { state.down = state.sort === at ? !state.down : Boolean(column.number); state.sort = at; state.page = 0; draw(); };
  return el("th", { scope: "col", class: column.number ? "number" : null, title: column.hint }, el("button", { type: "button", onclick: sort }, column.title));
}
function arranged(columns, rows, state, options) {
  const get = columns[state.sort].get, turn = state.down ? -1 : 1;
  const found = state.words ? rows.filter((row) => options.filter(row).toLowerCase().includes(state.words)) : [...rows];
  const compare = (a, b) => (a === b ? 0 : a === null || a === undefined ? turn : b === null || b === undefined ? -turn : a < b ? -1 : 1);
  return found.sort((a, b) => turn * compare(get(a), get(b)));
}
function bodyRow(columns, row) {
  return el("tr", {}, columns.map((column, at) => {
    const shown = column.cell ? column.cell(row) : column.number ? num(column.get(row)) : column.get(row);
    return at ? el("td", { class: column.number ? "number" : null }, shown) : el("th", { scope: "row" }, shown);
  }));
}
function pager(whole, state, draw) {
  if (whole <= PAGE) return [el("span", {}, count(whole, "row"))];
  const first = state.page * PAGE + 1, last = Math.min(whole, first + PAGE - 1);
  const go = (step) => () => { state.page += step; draw(); };
  return [el("button", { type: "button", disabled: !state.page, onclick: go(-1) }, "Previous"), el("span", {}, `${num(first)}–${num(last)} of ${num(whole)}`), el("button", { type: "button", disabled: last >= whole, onclick: go(1) }, "Next")];
}

const OLD = new Map(((D.changes && D.changes.modules_moved) || []).map((row) => [row.module, row]));
/** A number with how much it moved since the compared report. */
function moved(index, what, value) {
  const before = OLD.get(index);
  if (!before || before[what] === undefined || before[what] === value) return num(value);
  return [num(value), " ", el("span", { class: "moved", title: `was ${num(before[what])}` }, signed(value - before[what]))];
}
function moduleColumns() {
  const numbered = (title, what, hint) => ({ title, number: true, hint, get: (index) => M[what][index], cell: (index) => moved(index, what, M[what][index]) });
  return [
    { title: "Module", get: (index) => M.name[index], cell: (index) => [moduleLink(index), BORN.has(index) ? chip("new", "new") : null, CYCLE.has(index) ? chip("⟳", "warn", "in a cycle on load") : null, is(index, "test") ? chip("test", "soft") : null, is(index, "generated") ? chip("generated", "soft") : null] },
    numbered("Lines", "lines"), numbered("Ca", "afferent", "modules that import it"), numbered("Ce", "efferent", "modules that it imports"),
    { title: "I", number: true, hint: "instability Ce / (Ca + Ce)", get: (index) => instability(index), cell: (index) => instability(index).toFixed(2) },
    numbered("Complexity", "cyclomatic", "sum of its functions' cyclomatic complexity"),
    { title: "Worst", number: true, hint: "its most complex function", get: (index) => WORST[index] },
    ...(M.commits.some((value) => value !== null) ? [{ title: "Commits", number: true, hint: `in the ${D.effort.window.days} days to ${D.effort.window.until}`, get: (index) => M.commits[index] }] : []),
  ];
}
function instability(index) {
  const whole = M.afferent[index] + M.efferent[index];
  return whole ? M.efferent[index] / whole : 0;
}
function functionColumns(withModule) {
  const numbered = (title, what, hint) => ({ title, number: true, hint, get: (one) => one[what] });
  const shaped = D.functions.some((rows) => rows.some((row) => row.length > 5));
  return [
    { title: "Function", get: (one) => one.name, cell: (one) => el("span", { class: "mono" }, breakable(one.name)) },
    withModule ? { title: "Module", get: (one) => M.name[one.module], cell: (one) => moduleLink(one.module) } : null,
    numbered("Line", "line"), numbered("Lines", "lines"), numbered("Cyclomatic", "cyclomatic", "as radon counts it"),
    shaped ? numbered("Cognitive", "cognitive", "as SonarSource defines it") : null, shaped ? numbered("Nesting", "nesting") : null, shaped ? numbered("Parameters", "parameters") : null,
  ].filter(Boolean);
}
