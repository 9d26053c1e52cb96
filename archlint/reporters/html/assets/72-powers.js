// What the code touches and what it is built on: tables of parts, each cell of which opens down to the lines.
/** `columns` are {label, title}, `counts` a Map from unit number times columns plus column to its modules. */
function heat(columns, counts, show, most) {
  const units = D.units.filter((unit) => columns.some((_, at) => counts.has(unit.number * columns.length + at)));
  const cell = (unit, at) => {
    const modules = counts.get(unit.number * columns.length + at);
    if (!modules) return el("td", {});
    const level = Math.min(4, 1 + Math.floor((3.99 * Math.log(modules.size)) / Math.log(Math.max(2, most))));
    return el("td", {}, el("button", { type: "button", class: `heat s${level}`, "aria-label": `${columns[at].label} in ${unit.label}: ${count(modules.size, "module")}`, onclick: (event) => { mark(event.currentTarget); show(at, unit); } }, modules.size > 999 ? `${(modules.size / 1000).toFixed(1)}k` : num(modules.size)));
  };
  const mark = (chosen) => { for (const button of body.querySelectorAll("button")) button.classList.toggle("chosen", button === chosen); };
  const body = el("tbody", {}, units.map((unit) => el("tr", {}, el("th", { scope: "row" }, link(hash("map", unit.name), unit.label)), columns.map((_, at) => cell(unit, at)))));
  const head = el("tr", {}, el("td", {}), columns.map((column, at) => el("th", { scope: "col", title: column.title }, el("button", { type: "button", onclick: () => show(at, null) }, el("span", {}, column.label)))));
  return el("table", { class: columns.length <= 10 ? "heatmap wide" : "heatmap" }, el("thead", {}, head), body);
}
function counted(columns, modulesOf) {
  const found = new Map();
  let most = 1;
  columns.forEach((column, at) => modulesOf(column).forEach((index) => {
    if (UNIT[index] < 0) return;
    const place = UNIT[index] * columns.length + at;
    if (!found.has(place)) found.set(place, new Set());
    most = Math.max(most, found.get(place).add(index).size);
  }));
  return [found, most];
}
function remember(...parts) {
  try { history.replaceState(null, "", hash(...parts)); } catch { /* some browsers refuse this for files */ }
}
const unitCalled = (label) => D.units.find((unit) => unit.label === label) || null;

// --- capabilities ---
function pageCapabilities(name, part) {
  if (!D.capabilities.length) return [heading("Capabilities"), note("No module uses a name of archlint's catalogue of sensitive ones.")];
  const panel = el("aside", { class: "card panel", "aria-live": "polite" });
  const show = (at, unit) => { remember("capabilities", D.capabilities[at].name, ...(unit ? [unit.label] : [])); refill(panel, powerPanel(D.capabilities[at], unit)); };
  const columns = D.capabilities.map((one) => ({ label: one.name, title: `${one.name}: ${one.apis.slice(0, 6).map(([api]) => api).join(", ")}`, one }));
  const [counts, most] = counted(columns, (column) => column.one.uses.map(([index]) => index));
  const chosen = D.capabilities.findIndex((one) => one.name === name);
  if (chosen >= 0) refill(panel, powerPanel(D.capabilities[chosen], unitCalled(part)));
  else panel.append(note("Choose a number to see the lines behind it, a column's name for all of its lines."));
  return [heading("Capabilities", "which part touches what: modules of production code, by the names that they use"), el("div", { class: "split" }, el("div", { class: "card scroll" }, heat(columns, counts, show, most)), panel)];
}
function powerPanel(one, unit) {
  const uses = one.uses.filter(([index]) => !unit || UNIT[index] === unit.number), byName = new Map(), byModule = new Map();
  for (const [index, api, line] of uses) {
    byName.set(api, (byName.get(api) || 0) + 1);
    if (!byModule.has(index)) byModule.set(index, []);
    byModule.get(index).push([api, line]);
  }
  const names = [...byName].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return [el("h2", {}, unit ? `${one.name} in ${unit.label}` : one.name), el("p", { class: "facts" }, chip(count(byModule.size, "module")), chip(count(uses.length, "line"))),
    el("h3", {}, "By what"), ...folded(names, 8, ([api, lines]) => [el("span", { class: "mono" }, one.apis[api][0]), " ", chip(num(lines), "soft"), el("span", { class: "faint" }, one.apis[api][1])]),
    el("h3", {}, "Where"), ...folded([...byModule], 25, ([index, rows]) => el("details", { class: "tie" }, el("summary", {}, moduleLink(index), " ", chip(num(rows.length), "soft")), touchLines(index, rows.map(([api, line]) => [one.apis[api][0], line]))))];
}
function touchLines(index, rows) {
  return folded(rows, 12, ([api, line]) => [place(M.path[index], line), " ", el("span", { class: "mono" }, api)]);
}
/** What one module touches. */
function touchCard(index) {
  const rows = D.capabilities.flatMap((one) => one.uses.filter(([at]) => at === index).map(([, api, line]) => [one.name, one.apis[api][0], line]));
  return rows.length ? card("Sensitive names that it uses", num(rows.length), ...folded(rows, 12, ([power, api, line]) => [link(hash("capabilities", power), power, "chip"), " ", el("span", { class: "mono" }, api), " ", place(M.path[index], line)])) : null;
}
function powersCard() {
  if (!D.capabilities.length) return null;
  const rows = D.capabilities.map((one) => [one, new Set(one.uses.map(([index]) => index)), new Set(one.uses.map(([index]) => UNIT[index]))]);
  const most = Math.max(...rows.map(([, modules]) => modules.size));
  return card("Who touches what", link("#/capabilities", "All parts and lines", "button"), el("div", { class: "ranks" }, rows.map(([one, modules, units]) => rank(
    [link(hash("capabilities", one.name), one.name), el("span", { class: "faint" }, one.apis.slice(0, 3).map(([api]) => api).join(", "))], modules.size / most, el("span", { title: count(units.size, "part") }, count(modules.size, "module"))))));
}

// --- technology ---
const THIRD = [...D.summary.needed.map(([name, users]) => ({ name, users, kind: "needed" })), ...D.summary.optional.map(([name, users]) => ({ name, users, kind: "optional" }))].sort((a, b) => b.users - a.users || (a.name < b.name ? -1 : 1));
let usersByName = null;
/** The production modules that import an external package, each with the first import: [module, [external, line, flags]]. */
function usersOf(name) {
  if (!usersByName) {
    usersByName = D.externals.name.map(() => []);
    D.externals.imports.forEach((rows, index) => {
      const seen = new Set();
      for (const row of is(index, "test") ? [] : rows) if (!seen.has(row[0])) { seen.add(row[0]); usersByName[row[0]].push([index, row]); }
    });
  }
  return usersByName[D.externals.name.indexOf(name)] || [];
}
function userLine([index, row]) {
  return [moduleLink(index), " ", place(M.path[index], row[1]), " ", flagChips(row[2])];
}
function pageTechnology() {
  if (!THIRD.length) return [heading("Technology", "no package from outside the standard library is imported")];
  const panel = el("aside", { class: "card panel", "aria-live": "polite" }, note("Choose a number to see the imports behind it, a package's name for all of its imports."));
  const columns = THIRD.slice(0, 24).map((one) => ({ label: one.name, title: `${one.name}, ${one.kind}: ${count(one.users, "module")}` }));
  const [counts, most] = counted(columns, (column) => usersOf(column.label).map(([index]) => index));
  const show = (at, unit) => refill(panel, el("h2", { class: "mono" }, unit ? `${columns[at].label} in ${unit.label}` : columns[at].label), ...folded(usersOf(columns[at].label).filter(([index]) => !unit || UNIT[index] === unit.number), 30, userLine));
  const said = `${count(D.summary.needed.length, "package")} needed, ${num(D.summary.optional.length)} optional, ${num(D.summary.standard)} of the standard library besides`;
  return [heading("Technology", said), el("div", { class: "split" }, el("div", { class: "card scroll" }, el("h2", {}, THIRD.length > 24 ? "Which part knows the 24 most used packages" : "Which part knows which package"), heat(columns, counts, show, most)), panel), el("section", { class: "card" }, packageTable())];
}
function partsOf(name) {
  const found = new Map();
  for (const [index] of usersOf(name)) if (UNIT[index] >= 0) found.set(UNIT[index], (found.get(UNIT[index]) || 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
/** What the radar says of the packages below a top-level name. */
const RADAR = new Map();
for (const blip of D.radar) RADAR.set(blip.package.split(".")[0], [...(RADAR.get(blip.package.split(".")[0]) || []), blip]);
function radarColumns() {
  if (!D.radar.length) return [];
  const words = (row, of) => [...new Set((RADAR.get(row.name) || []).flatMap(of))].join(", ");
  const column = (title, of, hint, bad) => ({ title, hint, get: (row) => words(row, of), cell: (row) => { const said = words(row, of); return said && bad && bad(said, row) ? chip(said, "bad") : said; } });
  return [column("Ring", (blip) => (blip.ring === "unlisted" ? [] : [blip.ring]), "what was agreed: adopt, trial or hold", (said) => said.includes("hold")), column("For", (blip) => blip.purposes),
    column("Declared", (blip) => (blip.declared === "unknown" ? [] : [blip.declared]), "in the project's manifest", (said, row) => said === "no" && row.kind === "needed"), column("Rivals", (blip) => blip.rivals, "others in use for the same purpose")];
}
function packageTable() {
  return table([
    { title: "Package", get: (row) => row.name, cell: (row) => link(hash("package", row.name), row.name, "mono") },
    { title: "Modules", number: true, get: (row) => row.users }, ...radarColumns(), { title: "Imported", get: (row) => row.kind, hint: "needed: imported unconditionally somewhere" },
    { title: "Parts", number: true, get: (row) => partsOf(row.name).length },
    { title: "Mostly in", get: (row) => partsOf(row.name).length, cell: (row) => partsOf(row.name).slice(0, 4).map(([unit, number]) => chip(`${D.units[unit].label} ${num(number)}`, "soft")) },
  ], THIRD, { sort: 1, filter: (row) => row.name, label: "Third-party packages" });
}
function pagePackage(name) {
  const users = usersOf(name);
  return [heading([el("span", { class: "mono" }, name)], `imported by ${count(users.length, "module")} of the project`), card("Where", null, ...folded(users, 100, userLine))];
}
