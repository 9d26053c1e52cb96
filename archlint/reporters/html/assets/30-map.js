// The map: parts from the highest layer to the lowest; arcs on the left run down, arcs on the right run up.
const ROW = 30;
const WIDE = { left: 190, right: 130 };
const NARROW = { left: 54, right: 40 };

function arcPath(from, to, side, gutter, most) {
  const one = (from + 0.5) * ROW + 4, two = (to + 0.5) * ROW - 4;
  const reach = 14 + (gutter - 26) * Math.sqrt(Math.abs(from - to) / Math.max(1, most));
  const edge = side === "left" ? gutter : 0;
  const out = side === "left" ? gutter - reach : reach;
  const tip = side === "left" ? edge - 7 : edge + 7;
  return `M${edge} ${one}C${out} ${one} ${out} ${two} ${tip} ${two}`;
}
function arrow(side, gutter, to) {
  const y = (to + 0.5) * ROW - 4;
  return side === "left" ? `M${gutter} ${y}l-8 -3.5v7z` : `M0 ${y}l8 -3.5v7z`;
}
function arc(tie, side, gutter, rows) {
  const width = Math.min(9, 1 + Math.log2(1 + tie.count) * 0.8);
  const words = `${rows[tie.from].label} imports ${rows[tie.to].label}: ${count(tie.count, "import")}${tie.up && tie.count ? ", against the order" : ""}${changedWords(tie)}`;
  const kinds = ["arc", tie.up ? "up" : "down", tie.cyclic ? "cyclic" : "", tie.fresh ? "fresh" : "", tie.count ? "" : "gone"].join(" ");
  const strong = Math.min(0.75, 0.14 + Math.log2(1 + tie.count) * 0.06);
  const group = svg("g", { class: kinds }, svg("title", {}, words),
    svg("path", { class: "line", d: arcPath(tie.from, tie.to, side, gutter, rows.length), "stroke-width": width.toFixed(1), "stroke-opacity": tie.up ? 0.9 : strong.toFixed(2) }),
    svg("path", { class: "tip", d: arrow(side, gutter, tie.to), "fill-opacity": tie.up ? 1 : Math.min(1, strong + 0.2).toFixed(2) }));
  group.tie = tie;
  return group;
}
function changedWords(tie) {
  return `${tie.fresh ? `, ${num(tie.fresh)} of them new` : ""}${tie.gone.length ? `, ${num(tie.gone.length)} gone` : ""}`;
}
/** The imports that a tie has lost since the compared report. */
function goneList(tie) {
  return tie.gone.length ? [el("h3", {}, `Gone: ${tie.gone.length}`), ...folded(tie.gone, 8, ([from, to]) => gone(`${from} → ${to}`))] : null;
}
function turnoverChips(row) {
  if (!D.changes) return null;
  const { born, lost } = turnover(row);
  return [born ? chip(`+${num(born)}`, "new", `${count(born, "new module")}`) : null, lost ? chip(`−${num(lost)}`, "lost", `${count(lost, "module")} gone`) : null];
}
function gutterOf(ties, side, rows, width) {
  const drawn = ties.filter((tie) => (side === "right") === tie.up).sort((a, b) => a.count - b.count || a.from - b.from);
  const node = svg("svg", { class: `gutter ${side}`, width, height: rows.length * ROW, "aria-hidden": "true" });
  node.append(...drawn.map((tie) => arc(tie, side, width, rows)));
  return node;
}
function mapRow(row, view) {
  const opener = opens(row)
    ? el("button", { type: "button", class: "opener", tabindex: -1, "aria-label": `${row.open ? "Close" : "Open"} ${row.label}`, onclick: (event) => { event.stopPropagation(); view.toggle(row); } }, row.open ? "−" : "+")
    : el("span", { class: "opener none" });
  const label = el("span", { class: "label", title: M.name[row.index] }, el("bdi", { dir: "ltr" }, row.label));
  const indent = el("span", { class: "indent" });
  indent.style.width = `${row.depth * 16}px`;
  const size = el("span", { class: "size", title: `${count(row.lines, "line")}` }, bar(Math.sqrt(row.lines / view.largest)));
  const kinds = `maprow${row.firstOfLevel ? " first" : ""}${row.depth ? " deep" : ""}${row.open ? " open" : ""}${row.ghosts ? " ghost" : ""}`;
  return el("div", {
    class: kinds, role: "treeitem", tabindex: -1, "aria-level": row.depth + 1, "aria-expanded": opens(row) ? String(row.open) : null,
    "aria-label": `${row.label}, level ${row.level}, ${count(row.modules, "module")}, ${count(row.lines, "line")}${row.doc ? ", " + row.doc : ""}`,
    "data-key": key(row), onclick: () => view.select(row), ondblclick: () => opens(row) && view.toggle(row),
  }, el("span", { class: "level" }, row.firstOfLevel && !row.depth && row.level ? row.level : ""), indent, opener, label, turnoverChips(row), size,
  el("span", { class: "mods" }, num(row.modules)), el("span", { class: "doc" }, row.doc));
}
function markLevels(rows) {
  const last = new Map();
  for (const row of rows) {
    row.firstOfLevel = last.get(row.parent) !== row.level;
    last.set(row.parent, row.level);
  }
}

/** Draw the map into a node; `options.compact` leaves out what is hardly tied and opens nothing. */
function arcMap(options) {
  const holder = el("div", { class: `arcmap${options.compact ? " compact" : ""}` });
  const view = { holder, selected: null, ties: [], rows: [], largest: 1 };
  view.toggle = (row) => {
    if (options.compact) { location.hash = hash("map", M.name[row.index]); return; }
    if (OPEN.has(row.index)) OPEN.delete(row.index); else OPEN.add(row.index);
    drawMap(view, options);
    view.select(view.rows.find((other) => key(other) === key(row)));
  };
  view.select = (row) => selectRow(view, row, options);
  holder.addEventListener("keydown", (event) => mapKeys(event, view));
  drawMap(view, options);
  return view;
}
function drawMap(view, options) {
  let rows = visibleRows(options.compact ? new Set() : OPEN);
  if (options.changed) rows = changedRows(rows);
  if (options.compact) rows = mostTied(rows, 18);
  rows.forEach((row, place) => { row.place = place; });
  markLevels(rows);
  view.rows = rows;
  view.largest = Math.max(1, ...rows.map((row) => row.lines));
  view.ties = between(rows).filter((tie) => !options.changed || tie.fresh || tie.gone.length);
  const gutter = window.innerWidth < 700 ? NARROW : WIDE;
  const scale = options.compact && gutter === WIDE ? { left: 120, right: 90 } : gutter;
  const list = el("div", { class: "rows", role: "tree", "aria-label": "Parts, highest layer first" }, rows.map((row) => mapRow(row, view)));
  if (list.firstChild) list.firstChild.tabIndex = 0;
  view.holder.replaceChildren(gutterOf(view.ties, "left", rows, scale.left), list, gutterOf(view.ties, "right", rows, scale.right));
}
/** The rows that a change touches. */
function changedRows(rows) {
  const touched = new Set(between(rows).filter((tie) => tie.fresh || tie.gone.length).flatMap((tie) => [tie.from, tie.to]));
  const found = rows.filter((row, at) => touched.has(at) || turnover(row).born || turnover(row).lost);
  found.forEach((row, at) => { row.place = at; });
  return found;
}
function mostTied(rows, most) {
  if (rows.length <= most) return rows;
  const tied = new Array(rows.length).fill(0);
  for (const tie of between(rows)) { const weight = tie.count + tie.gone.length; tied[tie.from] += weight; tied[tie.to] += weight; }
  const kept = new Set([...rows.keys()].sort((a, b) => tied[b] - tied[a] || a - b).slice(0, most));
  return rows.filter((_, place) => kept.has(place));
}
function selectRow(view, row, options) {
  if (!row) return;
  view.selected = row.place;
  view.holder.classList.add("chosen");
  const touched = new Set([row.place]);
  for (let at = row.parent; at; at = at.parent) touched.add(at.place);
  for (const group of view.holder.querySelectorAll("g.arc")) {
    const out = group.tie.from === row.place, into = group.tie.to === row.place;
    group.classList.toggle("out", out);
    group.classList.toggle("into", into);
    if (out) touched.add(group.tie.to);
    if (into) touched.add(group.tie.from);
  }
  [...view.holder.querySelectorAll(".maprow")].forEach((node, at) => {
    node.classList.toggle("selected", at === row.place);
    node.classList.toggle("touched", touched.has(at));
    node.setAttribute("aria-selected", String(at === row.place));
    node.tabIndex = at === row.place ? 0 : -1;
  });
  if (options.onselect) options.onselect(row, view);
}
function mapKeys(event, view) {
  const nodes = [...view.holder.querySelectorAll(".maprow")];
  const at = nodes.indexOf(document.activeElement);
  if (at < 0) return;
  const row = view.rows[at];
  const moves = { ArrowDown: Math.min(nodes.length - 1, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: nodes.length - 1 };
  if (event.key in moves) { view.select(view.rows[moves[event.key]]); nodes[moves[event.key]].focus(); }
  else if (event.key === "Enter" && opens(row)) { view.toggle(row); refocus(view, at); }
  else if ((event.key === "ArrowRight" && !row.open || event.key === "ArrowLeft" && row.open) && opens(row)) { view.toggle(row); refocus(view, at); }
  else if (event.key === " ") view.select(row);
  else return;
  event.preventDefault();
}
function refocus(view, at) {
  const node = view.holder.querySelectorAll(".maprow")[at];
  if (node) node.focus();
}

function legend() {
  const item = (kind, text) => el("span", { class: "key" }, el("i", { class: kind }), text);
  return el("p", { class: "legend" }, item("down", "imports that run down (left)"), item("up", "against the order (right)"),
    D.cycles.length ? item("cyclic", "part of a cycle on load") : null, D.changes ? [item("fresh", `new since ${D.changes.against}`), item("gone", "gone")] : null);
}
function pageMap(name) {
  const panel = el("aside", { class: "card panel", "aria-live": "polite" });
  const view = arcMap({ onselect: (row, self) => fillPanel(panel, row, self) });
  const target = INDEX.get(name);
  if (target !== undefined) reveal(view, target);
  else panel.append(note("Choose a part to see what it imports and who imports it. Double-click, Enter or + opens it."));
  const closed = el("button", { type: "button", onclick: () => { OPEN.clear(); drawMap(view, {}); } }, "Close all");
  const only = D.changes ? el("label", { class: "toggle" }, el("input", { type: "checkbox", onchange: (event) => view.holder.classList.toggle("onlychanges", event.target.checked) }), " changes alone") : null;
  return [heading("Map", `${num(D.direction[0])} imports run down, ${num(D.direction[1])} up`, only, closed), legend(),
    el("div", { class: "split" }, el("div", { class: "card scroll" }, view.holder), panel)];
}
function reveal(view, target) {
  for (const index of lineage(target)) WANTED.add(index);
  for (const index of lineage(target).slice(0, -1)) if (UNIT[target] >= 0 && !ALONE.has(index)) OPEN.add(index);
  drawMap(view, {});
  const wanted = view.rows.find((row) => row.index === target && !row.rest) || view.rows[homes(view.rows)[target]];
  view.select(wanted);
}
function fillPanel(panel, row, view) {
  const out = view.ties.filter((tie) => tie.from === row.place), into = view.ties.filter((tie) => tie.to === row.place);
  const heavy = (a, b) => Number(b.up) - Number(a.up) || b.count - a.count;
  refill(panel,
    el("h2", { class: "mono" }, breakable(row.rest ? row.label : M.name[row.index])), row.doc ? el("p", {}, row.doc) : null,
    el("p", { class: "facts" }, chip(`level ${row.level}`), chip(count(row.modules, "module")), chip(count(row.lines, "line"))),
    row.ghosts ? folded(row.ghosts, 12, gone) : el("p", { class: "actions" }, link(hash("module", M.name[row.index]), "Its own page", "button"),
      opens(row) ? el("button", { type: "button", onclick: () => view.toggle(row) }, row.open ? "Close" : "Open") : null),
    el("h3", {}, `Imports ${out.filter((tie) => tie.count).length}`), tieList(out.sort(heavy), (tie) => view.rows[tie.to]),
    el("h3", {}, `Imported by ${into.filter((tie) => tie.count).length}`), tieList(into.sort(heavy), (tie) => view.rows[tie.from]));
}
function tieList(ties, other) {
  return folded(ties, 12, (tie) => el("details", { class: "tie" },
    el("summary", {}, el("span", { class: "mono" }, other(tie).label), " ", tie.count ? chip(num(tie.count)) : null, tie.up ? chip("↑ against the order", "bad") : null, tie.cyclic ? chip("⟳ in a cycle", "warn") : null, tie.fresh ? chip(`${tie.fresh} new`, "new") : null, tie.gone.length ? chip(`${tie.gone.length} gone`, "lost") : null),
    folded(tie.edges, 8, edgeLine), goneList(tie)));
}
/** One import as a line: who, whom, where, what it takes. */
function edgeLine(edge) {
  const row = edge.rows[0];
  return el("span", { class: "edge" }, moduleLink(edge.from), " → ", moduleLink(edge.to), " ", place(M.path[edge.from], row[1]), " ", flagChips(row[2]));
}
