// Where the work goes: git's history, what mending the findings takes, and who owns what.
const MEASURED = D.effort.missing === null;

function pageEffort() {
  if (!MEASURED) return [heading("Effort"), el("section", { class: "card" }, el("p", {}, D.effort.missing ? `Not measured: ${D.effort.missing}` : "Nothing of the history was read for this page.")), debtCard()];
  const E = D.effort, hidden = E.coupled.filter((one) => !one.tied || one.contract);
  const said = `${count(E.commits, "commit")} by ${count(E.authors, "author")} from ${E.window.since} to ${E.window.until}; ${num(E.set_aside)} set aside`;
  return [heading("Effort", said, link(hash("treemap", "", "heat"), "Treemap by churn", "button")),
    card("Hotspots", "changed often, and complex", E.hotspots.length ? table(churnColumns(), E.hotspots, { sort: 4, filter: (one) => one.module, label: "Hotspots" }) : note("Nothing that is complex changed often.")),
    el("div", { class: "columns" }, card("Change together, no import between them", num(hidden.length), hidden.length ? folded(hidden, 12, togetherLine) : note("None: what changes together is tied by imports.")), card("Islands of knowledge", num(E.islands.length), E.islands.length ? folded(E.islands, 12, islandLine) : note("No complex module is changed by one author alone."))), debtCard()];
}
function churnColumns() {
  const numbered = (title, what, hint) => ({ title, number: true, hint, get: (one) => one[what] });
  return [
    { title: "Module", get: (one) => one.module, cell: (one) => named(one.module) }, numbered("Commits", "commits"), numbered("Authors", "authors"),
    numbered("Complexity", "cyclomatic", "sum of its functions' cyclomatic complexity"), numbered("Heat", "heat", "commits times complexity"),
  ];
}
function togetherLine(one) {
  return [named(one.module), " and ", named(one.other), " ", chip(`${num(one.together)} times`, "warn", `in ${percent(one.degree)} of their commits`), el("span", { class: "faint" }, ` of ${num(one.commits)} and ${num(one.other_commits)}`), one.contract ? chip(`against ${one.contract}`, "bad") : null];
}
function islandLine(one) {
  return [named(one.module), " ", chip(`${percent(one.main_author_share)} of ${count(one.commits, "commit")}`, "warn", "by one author")];
}
/** Minutes rounded as people do; the terminal and Markdown round in the same way. */
function duration(minutes) {
  if (minutes >= 960) return `${num(Math.round(minutes / 480))} days`;
  const halves = minutes < 225 ? 30 : 60, near = (step) => Math.abs(step - minutes);
  const said = minutes < 53 ? [5, 10, 15, 20, 30, 45].reduce((best, step) => (near(step) <= near(best) ? step : best)) : Math.floor(minutes / halves + 0.5) * halves;
  const hours = Math.floor(said / 60), rest = said % 60;
  return !minutes ? "0 min" : hours && rest ? `${hours} h ${rest} min` : hours ? `${hours} h` : `${rest} min`;
}
/** How long it takes to mend the findings, by rule and by part. */
function debtCard() {
  if (!D.debt || !D.debt.findings) return null;
  const most = (rows) => Math.max(1, ...rows.map((row) => row.minutes));
  const ranks = (rows, label) => el("div", { class: "ranks" }, rows.slice(0, 10).map((row) => rank(label(row), row.minutes / most(rows), duration(row.minutes))));
  return card("What mending the findings takes", `${duration(D.debt.minutes)} for ${count(D.debt.findings, "finding")}`, el("div", { class: "columns" }, el("div", {}, el("h3", {}, "By rule"), ranks(D.debt.by_rule, (row) => row.code)), el("div", {}, el("h3", {}, "By part"), ranks(D.debt.by_package, (row) => row.package))));
}
function effortCard() {
  const found = MEASURED ? D.effort.hotspots.slice(0, 8) : [], most = Math.max(1, ...found.map((one) => one.heat));
  if (!found.length) return null;
  return card("Where the work goes", link("#/effort", "Effort", "button"), el("div", { class: "ranks" }, found.map((one) => rank([named(one.module), el("span", { class: "faint" }, `complexity ${num(one.cyclomatic)}`)], one.heat / most, count(one.commits, "commit")))));
}

// --- owners ---
function pageOwners() {
  const O = D.owners;
  if (!O) return [heading("Owners"), note("There is no CODEOWNERS.")];
  const who = (name) => name || el("em", {}, "nobody");
  return [heading("Owners", `by ${O.path}: ${num(O.modules - O.unowned)} of ${count(O.modules, "module")} have an owner; ${num(O.crossing)} of ${count(O.imports, "import")} cross from one owner to another`),
    el("section", { class: "card" }, table([
      { title: "Owner", get: (one) => one.name || "", cell: (one) => who(one.name) }, { title: "Modules", number: true, get: (one) => one.modules }, { title: "Lines", number: true, get: (one) => one.lines },
      { title: "Findings", number: true, get: (one) => one.findings }, { title: "To mend", number: true, get: (one) => one.minutes, cell: (one) => duration(one.minutes) },
    ], O.owners, { sort: 1, filter: (one) => one.name || "", label: "Owners" })),
    el("div", { class: "columns" }, card("From owner to owner", "imports", ...folded(O.crossings, 15, (one) => [one.importer, " → ", one.imported, " ", chip(num(one.imports))])),
      card("Parts that other owners import most", "imports", ...folded(O.imported_most, 15, (one) => [el("span", { class: "mono" }, one.package), " ", chip(num(one.imports)), el("span", { class: "faint" }, ` by ${count(one.teams, "other owner")}, owned by ${one.owners.join(", ")}`)])))];
}
