// Pages other than the overview: grades, cycles, contracts, tables, one module, search.
function heading(title, said, ...aside) {
  return el("div", { class: "heading" }, el("h1", { tabindex: -1 }, title), said ? el("p", { class: "said" }, said) : null, el("div", { class: "aside" }, aside));
}
function crumbs(index, target) {
  return el("nav", { class: "crumbs", "aria-label": "Packages around it" }, lineage(index).map((at, depth) => [depth ? " . " : null, link(target(at), M.name[at].slice(M.name[at].lastIndexOf(".") + 1))]));
}

// --- grades ---
const GRADE_KIND = { A: "good", B: "fair", C: "middling", D: "poor", E: "bad" };
function gradeBadge(grade) {
  return el("span", { class: `grade ${grade.letter ? GRADE_KIND[grade.letter] : "none"}` }, grade.letter || "–");
}
function pageGrade(number) {
  const grade = D.grades[Number(number)] || D.grades[0];
  const head = heading([gradeBadge(grade), " ", grade.challenge], grade.question);
  if (grade.letter === null) return [head, el("section", { class: "card" }, el("h2", {}, "Not measured"), el("p", {}, prose(grade.missing)))];
  return [head, el("p", { class: "points" }, el("strong", {}, `${grade.points.toFixed(1)} of 100 points`), " A from 90, B from 75, C from 60, D from 40; rounded first. Every point lost is listed below, with what it is lost to."),
    grade.levers.length ? leverCard(grade) : null, grade.criteria.map(criterionCard)];
}
function leverCard(grade) {
  return card("What raises it most", "points it would add", el("ol", { class: "levers" }, grade.levers.slice(0, 6).map((lever) =>
    el("li", {}, chip(`+${lever.points.toFixed(1)}`, "new"), " ", prose(lever.text), " ", where(lever)))));
}
function where(item) {
  const known = INDEX.has(item.module);
  return [known ? [link(hash("module", item.module), breakable(short(item.module)), "mono"), " "] : null, place(item.path, item.line),
    item.view && item.view.length ? [" ", link(hash(...item.view), "all places", "button small")] : null];
}
function criterionCard(one) {
  const lost = one.points - one.earned;
  const items = one.items.length ? table([
    { title: "Lost to", get: (item) => item.text, cell: (item) => [prose(item.text), item.places.length ? el("details", {}, el("summary", {}, `and ${count(item.places.length, "more place")}`), folded(item.places, 20, ([path, line]) => place(path, line))) : null] },
    { title: "Where", get: (item) => item.path, cell: where },
    { title: "Points", number: true, get: (item) => item.points, cell: (item) => `−${item.points.toFixed(2)}` },
  ], one.items, { sort: 2, filter: (item) => `${item.text} ${item.path}`, label: one.title }) : note("Nothing is lost here.");
  return card(one.title, [bar(one.earned / one.points, "earned"), ` ${one.earned.toFixed(1)} of ${one.points}`], el("p", {}, el("strong", {}, prose(one.value)), lost ? "" : "."), note(one.scale), items);
}
// --- cycles and contracts ---
function pageCycles(chosen) {
  const inside = sum(D.cycles.map((cycle) => cycle.modules.length));
  if (!D.cycles.length) return [heading("Cycles"), el("section", { class: "card" }, el("p", {}, D.summary.not_analysed ? `No cycle on load was found among what was read; ${count(D.summary.not_analysed, "file")} could not be.` : "No cycle on load: whichever module is imported first, all can be."), wholeCycles())];
  return [heading("Cycles", `${count(D.cycles.length, "group")} of modules that import each other on load, ${num(inside)} modules in all`), wholeCycles(),
    D.cycles.map((cycle, number) => cycleCard(cycle, number, String(number) === chosen))];
}
function wholeCycles() {
  const whole = D.system[0];
  return note(whole.cyclic ? `Counting deferred and type-checking imports too, ${num(whole.cyclic)} modules are in cycles, ${num(whole.largest)} in the largest.` : "Counting every kind of import, none is found either.");
}
function step([from, to, line]) {
  return [moduleLink(from), " → ", moduleLink(to), " ", place(M.path[from], line)];
}
function cycleCard(cycle, number, chosen) {
  const rows = cycle.breaks.flat();
  const node = card(`${number + 1}. ${count(cycle.modules.length, "module")}`, link(hash("matrix", "cycle", String(number)), "as a matrix", "button"),
    el("div", { class: "columns" },
      el("div", {}, el("h3", {}, "A shortest way round"), el("ol", { class: "chain" }, cycle.chain.map((one) => el("li", {}, step(one))))),
      el("div", {}, el("h3", {}, `The cheapest break: ${count(rows.length, "import")} to take out`), ...folded(rows, 6, step))),
    el("details", { open: chosen }, el("summary", {}, "All its modules"), el("p", { class: "cloud" }, cycle.modules.map((index) => [moduleLink(index), " "]))));
  node.id = `cycle-${number}`;
  return node;
}
function pageContracts() {
  if (!D.contracts.length) return [heading("Contracts", "none is declared"), el("section", { class: "card" }, el("p", {}, prose("A contract says what may depend on what, and why; `archlint check` then holds everyone to it. The map shows the order that the code follows today, which is where to start.")), el("p", {}, link("#/map", "Open the map", "button")))];
  const broken = D.contracts.filter((one) => !one.kept).length;
  return [heading("Contracts", broken ? `${broken} of ${count(D.contracts.length, "contract")} broken` : `all ${D.contracts.length} kept`), D.contracts.map(contractCard)];
}
function contractCard(one) {
  const found = D.findings.filter((finding) => finding.contract === one.name);
  const state = one.error ? chip("not judged", "warn") : one.kept ? chip("✓ kept", "new") : chip(`✗ broken: ${count(one.findings, "finding")}`, "bad");
  return card(one.name, state, el("p", { class: "facts" }, chip(one.type, "soft"), one.owner ? chip(`owner: ${one.owner}`, "soft") : chip("no owner", "soft")),
    el("p", {}, one.why ? prose(one.why) : el("em", {}, "It does not say why.")), one.error ? el("p", {}, prose(one.error)) : null, ...folded(found, 10, findingLine));
}
function findingLine(one) {
  return el("div", { class: "finding" }, chip(one.code, one.severity === "error" ? "bad" : "warn"), " ", prose(one.message), " ", place(one.path, one.line),
    one.chain.length > 1 ? el("details", {}, el("summary", {}, `the chain, ${one.chain.length} imports`), el("ol", { class: "chain" }, one.chain.map(([from, to, path, line]) => el("li", {}, el("span", { class: "mono" }, `${from} → ${to}`), " ", place(path, line))))) : null,
    one.help ? el("p", { class: "note" }, prose(one.help)) : null);
}
function pageFindings() {
  const columns = [
    { title: "Rule", get: (one) => one.code + one.rule, cell: (one) => [chip(one.code, one.severity === "error" ? "bad" : "warn"), " ", one.rule] },
    { title: "Finding", get: (one) => one.message, cell: (one) => [prose(one.message), one.help ? el("p", { class: "note" }, prose(one.help)) : null] },
    { title: "Place", get: (one) => `${one.path}:${String(one.line).padStart(7)}`, cell: (one) => [one.module === null ? null : [moduleLink(one.module), " "], place(one.path, one.line)] },
  ];
  return [heading("Findings", `what the rules in force report: ${num(D.findings.length)}`), el("section", { class: "card" }, table(columns, D.findings, { sort: 0, down: false, filter: (one) => `${one.code} ${one.rule} ${one.message} ${one.path}`, label: "Findings" }))];
}

// --- tables ---
function pageModules() {
  const rows = M.name.map((_, index) => index).filter((index) => !is(index, "namespace"));
  return [heading("Modules", count(rows.length, "module")), el("section", { class: "card" }, table(moduleColumns(), rows, { sort: 1, filter: (index) => M.name[index], label: "Modules" }))];
}
function pageFunctions() {
  const rows = allFunctions();
  return [heading("Functions", `${count(rows.filter((one) => !one.nested).length, "function")}, ${num(rows.filter((one) => one.nested).length)} nested in them; tests, vendored and generated code and migrations aside`), histogram(rows), el("section", { class: "card" }, table(functionColumns(true), rows, { sort: 4, filter: (one) => `${one.name} ${M.name[one.module]}`, label: "Functions" }))];
}
function histogram(rows) {
  const bands = [["1–5", 1, 5], ["6–10", 6, 10], ["11–20", 11, 20], ["21–50", 21, 50], ["over 50", 51, Infinity]];
  const listed = rows.filter((one) => !one.nested);
  const found = bands.map(([label, low, high]) => [label, listed.filter((one) => one.cyclomatic >= low && one.cyclomatic <= high)]);
  const whole = sum(listed.map((one) => one.lines)) || 1;
  return card("How complexity spreads", "share of function lines, and functions, by cyclomatic complexity", el("div", { class: "bands" }, found.map(([label, ones], at) => {
    const share = sum(ones.map((one) => one.lines)) / whole;
    return el("div", { class: "band" }, el("span", { class: "name" }, label), bar(share, `s${at}`), el("span", { class: "number" }, percent(share)), el("span", { class: "number faint" }, num(ones.length)));
  })));
}

// --- one module ---
function pageModule(name) {
  const index = INDEX.get(name);
  if (index === undefined) return [heading("No such module"), note(`${name} is not part of this report.`)];
  const below = inside(index).slice(1).filter((at) => !is(at, "namespace")), findings = D.findings.filter((one) => one.module === index);
  return [heading([el("span", { class: "mono" }, breakable(name))], M.doc[index], is(index, "test") || UNIT[index] < 0 ? null : link(hash("map", name), "On the map", "button")),
    crumbs(index, (at) => hash("module", M.name[at])), moduleFacts(index, below),
    M.failure[index] ? el("section", { class: "card" }, el("h2", {}, "Not analysed"), el("p", {}, M.failure[index])) : null,
    el("div", { class: "columns" }, edgeCard("Imported by", IN[index], "from"), edgeCard("Imports", OUT[index], "to")),
    CYCLE.has(index) ? cycleCard(D.cycles[CYCLE.get(index)], CYCLE.get(index), false) : null,
    findings.length ? card("Findings", num(findings.length), ...folded(findings, 10, findingLine)) : null, touchCard(index),
    D.functions[index].length ? card("Functions", null, table(functionColumns(false), functionsOf(index), { sort: 3, filter: (one) => one.name, label: "Functions" })) : null,
    externalCard(index), below.length ? card("What is below it", count(below.length, "module"), table(moduleColumns(), below, { sort: 1, filter: (at) => M.name[at], label: "Modules below" })) : null];
}
function moduleFacts(index, below) {
  return el("p", { class: "facts" }, place(M.path[index]), chip(count(M.lines[index], "line")), chip(`Ca ${num(M.afferent[index])}`, "", "modules that import it"), chip(`Ce ${num(M.efferent[index])}`, "", "modules that it imports"), chip(`I ${instability(index).toFixed(2)}`, "", "instability"),
    chip(`complexity ${num(M.cyclomatic[index])}`), below.length ? chip(`package of ${num(below.length)}`, "soft") : null, is(index, "test") ? chip("test", "soft") : null, is(index, "generated") ? chip("generated", "soft") : null, BORN.has(index) ? chip("new", "new") : null);
}
function edgeCard(title, edges, side) {
  const sorted = [...edges].sort((a, b) => Number(isUp(b)) - Number(isUp(a)) || (M.name[a[side]] < M.name[b[side]] ? -1 : 1));
  const draw = (edge) => el("div", { class: "edge" }, moduleLink(edge[side]), " ", isUp(edge) ? chip("↑ against the order", "bad") : null, inCycle(edge) ? chip("⟳ in a cycle", "warn") : null, FRESH.has(edge.from * COUNT + edge.to) ? chip("new", "new") : null,
    edge.rows.map((row) => el("div", { class: "sub" }, place(M.path[edge.from], row[1]), " ", flagChips(row[2]), row[3] ? el("span", { class: "mono faint" }, row[3]) : null)));
  return card(title, count(edges.length, "module"), edges.length ? folded(sorted, 15, draw) : note(side === "from" ? "Nothing in the project." : "Nothing of the project."));
}
function externalCard(index) {
  const found = new Map();
  for (const [name, line, flags] of D.externals.imports[index]) if (!found.has(name)) found.set(name, [line, flags]);
  if (!found.size) return null;
  return card("Other packages that it imports", num(found.size), el("p", { class: "cloud" }, [...found].map(([name, [line, flags]]) => [link(hash("package", D.externals.name[name]), D.externals.name[name], "mono"), el("span", { class: "faint" }, ` :${line} `), flagChips(flags), " "])));
}

// --- search ---
function hits(words, most) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  M.name.forEach((name, index) => { const at = name.toLowerCase().indexOf(wanted); if (at >= 0 && !is(index, "namespace")) found.push({ rank: (name.toLowerCase().endsWith(wanted) ? 0 : 1) * 1000 + name.length, index, label: name, kind: is(index, "package") ? "package" : "module" }); });
  D.functions.forEach((rows, index) => rows.forEach((row) => { if (row[0].toLowerCase().includes(wanted)) found.push({ rank: 2000 + row[0].length, index, label: row[0], kind: "function" }); }));
  return found.sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1)).slice(0, most);
}
function pageSearch(words) {
  const found = hits(words || "", 300);
  return [heading("Search", `${found.length === 300 ? "the first 300" : num(found.length)} for “${words || ""}”`), el("section", { class: "card" }, ...folded(found, 60, (hit) => [chip(hit.kind, "soft"), " ", link(hash("module", M.name[hit.index]), breakable(hit.label), "mono"), hit.kind === "function" ? el("span", { class: "faint" }, ` in ${M.name[hit.index]}`) : null]))];
}
