// What is different from the compared report, or what a change does: a page of its own, and marks on the map.
const STATES = { broke: ["✗ broke", "bad"], worse: ["✗ worse", "bad"], healed: ["✓ healed", "new"], better: ["✓ better", "new"], new: ["new", "bad"], grown: ["grown", "bad"], shrunk: ["shrunk", "new"], gone: ["gone", "new"] };

function pageChanges() {
  const C = D.changes;
  if (!C) return [heading("Changes"), note(...prose("Made without `--compare`, this page has nothing to compare with."))];
  return [C.difference ? differenceHead(C) : heading("Changes", `since ${C.against}`), C.notes.map((text) => note(text)), weakenedCard(C), changeMap(C), verdictCards(C),
    el("div", { class: "columns" }, gradeMoves(C), systemMoves(C)), moduleMoves(C), importMoves(C), measureMoves(C)];
}
/** The heading of the page of `archlint diff`: what it compares, and its sum. */
function differenceHead(C) {
  const found = C.difference, states = (state) => found.contracts.filter((one) => one.state === state).length;
  const turned = (noun, born, lost) => chip(`+${num(born.length)} −${num(lost.length)} ${noun}`, "soft");
  return [heading("What the change does", `${found.base} → ${found.head}`), el("p", { class: "facts" },
    chip(count(found.added.length, "new finding"), found.added.length ? "bad" : "soft"), chip(`${num(found.fixed.length)} fixed`, found.fixed.length ? "new" : "soft"), chip(`${num(found.unchanged)} unchanged`, "soft"),
    states("broke") ? chip(`${count(states("broke"), "contract")} broke`, "bad") : null, states("healed") ? chip(`${count(states("healed"), "contract")} healed`, "new") : null,
    turned("modules", C.modules_new, C.modules_gone), turned("imports", C.imports_new, C.imports_gone), el("span", { class: "faint" }, `judged with the configuration of ${found.judged_by}`))];
}
function weakenedCard(C) {
  const found = C.difference ? C.difference.weakened : [];
  return found.length ? card("The gate became weaker", num(found.length), ...folded(found, 10, ([text, path, line]) => [prose(text), " ", place(path, line)])) : null;
}
/** The parts that the change touches, with the imports between them that are new or gone. */
function changeMap(C) {
  if (C.imports_new === null || !(C.imports_new.length + C.imports_gone.length + C.modules_new.length + C.modules_gone.length)) return null;
  const view = arcMap({ compact: true, changed: true }), key = (kind, text) => el("span", { class: "key" }, el("i", { class: kind }), text);
  return view.rows.length ? card("Where it is", link("#/map", "Open the map", "button"), view.holder, el("p", { class: "legend" }, key("fresh", "new imports"), key("gone", "imports gone"), el("span", {}, "left: down; right: against the order"))) : null;
}
function verdictCards(C) {
  const found = C.difference, told = (title, items, most, draw) => (items.length ? card(title, num(items.length), ...folded(items, most, draw)) : null);
  if (!found) return null;
  const verdict = (one) => [chip(...STATES[one.state]), " ", el("strong", {}, one.name), ` ${num(one.before)} → ${count(one.after, "finding")}`];
  return [told("Contracts", found.contracts, 20, verdict), told("New findings", found.added, 15, addedLine), told("Import cycles", found.cycles, 10, cycleChange), told("Fixed findings", found.fixed, 15, findingLine)];
}
function addedLine(one) {
  return [findingLine(one), el("p", { class: "note" }, one.contract ? `contract: ${one.contract}. ` : null, one.before === null ? null : `It was ${num(one.before)} before. `, closingLines(one.closing))];
}
function closingLines(rows) {
  return rows.length ? ["Closed by ", rows.map(([from, to, path, line], at) => [at ? ", " : null, el("span", { class: "mono" }, breakable(`${from} → ${to}`)), " ", place(path, line)])] : null;
}
function named(name) {
  return INDEX.has(name) ? moduleLink(INDEX.get(name)) : gone(name);
}
function gone(text) { return el("span", { class: "mono gone" }, breakable(text)); }
function cycleChange(one) {
  const some = (label, names) => (names.length ? el("p", { class: "note" }, `${label}: `, names.map((name, at) => [at ? ", " : null, named(name)])) : null);
  return [chip(...STATES[one.state]), ` ${count(one.modules.length, "module")}`, some(one.state === "gone" ? "it was" : "in it", one.modules), one.state === "new" ? null : some("joined", one.joined),
    one.state === "gone" ? null : some("left", one.left), one.closing.length ? el("p", { class: "note" }, closingLines(one.closing)) : null];
}
function twoCards(one, two) {
  return one[1].length + two[1].length ? el("div", { class: "columns" }, [one, two].map(([title, items, draw]) => card(title, num(items.length), ...folded(items, 15, draw)))) : null;
}
function moduleMoves(C) {
  const found = C.difference;
  return [twoCards(["New modules", C.modules_new, (index) => moduleLink(index)], ["Gone modules", C.modules_gone, gone]),
    found ? twoCards(["New packages from outside", found.externals_new, ([name, from, path, line]) => [el("span", { class: "mono" }, name), " in ", named(from), " ", place(path, line)]], ["Packages no longer used", found.externals_gone, gone]) : null];
}
function importMoves(C) {
  if (C.imports_new === null) return null;
  const fresh = ([from, to]) => { const edge = OUT[from].find((one) => one.to === to); return [edgeLine(edge), isUp(edge) ? chip("↑ against the order", "bad") : null, inCycle(edge) ? chip("⟳ in a cycle", "warn") : null]; };
  return twoCards(["New imports", C.imports_new, fresh], ["Gone imports", C.imports_gone, ([from, to]) => gone(`${from} → ${to}`)]);
}
function measureMoves(C) {
  const moves = C.modules_moved.filter((row) => !BORN.has(row.module));
  return [moves.length ? card("Modules that moved", num(moves.length), table(moduleColumns(), moves.map((row) => row.module), { sort: 5, filter: (index) => M.name[index], label: "Modules that moved" })) : null,
    C.functions_moved.length ? card("Functions that moved", num(C.functions_moved.length), functionMoves(C)) : null];
}
function gradeMoves(C) {
  if (!C.grades.length) return null;
  const said = (points) => (points === null ? "not measured" : points.toFixed(1));
  return card("Grades", null, el("ul", { class: "plain" }, C.grades.map(([challenge, before, after]) => el("li", {}, el("strong", {}, challenge), ` ${said(before)} → ${said(after)} `, before !== null && after !== null ? chip(signed(Math.round((after - before) * 10) / 10), after < before ? "bad" : "new") : null))));
}
function systemMoves(C) {
  const said = (value, share) => (share ? percent(value) : num(value)), rows = C.system.filter(([, before, after, share]) => said(before, share) !== said(after, share));
  const tenth = (value) => Number((100 * value).toFixed(1));
  const by = (before, after, share) => (share ? `${after > before ? "+" : "−"}${Math.abs(tenth(after) - tenth(before)).toFixed(1)}` : signed(after - before));
  return rows.length ? card("As a whole", null, el("ul", { class: "plain" }, rows.map(([label, before, after, share]) => el("li", {}, el("strong", {}, label), ` ${said(before, share)} → ${said(after, share)} `, chip(by(before, after, share), "soft"))))) : null;
}
function functionMoves(C) {
  return table([
    { title: "Function", get: (row) => row[1], cell: (row) => [el("span", { class: "mono" }, breakable(row[1])), row[3] === null ? chip("new", "new") : null] },
    { title: "Module", get: (row) => M.name[row[0]], cell: (row) => moduleLink(row[0]) },
    { title: "Line", number: true, get: (row) => row[2] }, { title: "Was", number: true, get: (row) => row[3] }, { title: "Is", number: true, get: (row) => row[4] },
    { title: "Moved", number: true, get: (row) => Math.abs(row[4] - (row[3] || 0)), cell: (row) => signed(row[4] - (row[3] || 0)) },
  ], C.functions_moved, { sort: 5, filter: (row) => `${row[1]} ${M.name[row[0]]}`, label: "Functions that moved" });
}
