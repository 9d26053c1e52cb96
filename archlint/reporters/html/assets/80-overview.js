// The first screen: what the parts are, which way they depend, what breaks that, where it is complex, what to do.
function pageOverview() {
  return [title(), el("nav", { class: "grades", "aria-label": "Grades" }, D.grades.map(gradeCard)),
    el("div", { class: "split overview" }, el("div", { class: "side" }, partsCard(), allFunctions().length ? histogram(allFunctions()) : null), el("div", { class: "side" }, minuteCard(), actionsCard())),
    gapsCard(), el("div", { class: "columns" }, hardCard(), hubCard()), sideBySide(breachCard(), powersCard()), sideBySide(effortCard(), builtCard())];
}
function sideBySide(...cards) {
  const found = cards.filter(Boolean);
  return found.length > 1 ? el("div", { class: "columns" }, found) : found;
}
/** What this report could not see: files that do not parse, contracts and rules that could not be judged. */
function gapsCard() {
  const failed = M.failure.map((_, index) => index).filter((index) => M.failure[index]);
  const items = [...D.errors.map((text) => prose(text)), ...failed.map((index) => [moduleLink(index), " ", place(M.path[index]), " ", el("span", { class: "faint" }, M.failure[index])])];
  return items.length ? card("Not seen", num(items.length), ...folded(items, 5, (item) => item)) : null;
}
function title() {
  const made = D.summary;
  const parts = [count(made.modules, "module"), count(made.packages, "package"), count(made.lines, "line"), `${num(made.imports)} imports among them`];
  if (made.not_analysed) parts.push(`${num(made.not_analysed)} not analysed`);
  return el("div", { class: "heading" }, el("h1", { tabindex: -1 }, D.title), el("p", { class: "said" }, parts.join(" · ")),
    D.changes ? el("div", { class: "aside" }, link("#/changes", `compared with ${D.changes.against}`, "button")) : null);
}
function gradeCard(grade, number) {
  const lever = grade.levers[0];
  const said = grade.letter === null ? "not measured" : `${Math.round(grade.points)} of 100`;
  return el("a", { class: `gradecard ${grade.letter === null ? "none" : ""}`, href: hash("grade", String(number)), title: grade.question },
    gradeBadge(grade), el("span", { class: "what" }, el("strong", {}, grade.challenge), el("span", { class: "said" }, said), el("span", { class: "said lever" }, lever ? `+${lever.points.toFixed(1)}: ${lever.text.replaceAll("`", "")}` : grade.letter === null ? "see what would measure it" : "nothing to gain")));
}
function partsCard() {
  const view = arcMap({ compact: true });
  const left = D.units.length - view.rows.length;
  return card("The parts, highest layer first", link("#/map", "Open the map", "button"), view.holder, el("p", { class: "legend" },
    el("span", { class: "key" }, el("i", { class: "down" }), "imports run down (left)"), el("span", { class: "key" }, el("i", { class: "up" }), "against the order (right)"), D.cycles.length ? el("span", { class: "key" }, el("i", { class: "cyclic" }), "in a cycle on load") : null, left > 0 ? el("span", {}, `${count(left, "part")} less tied left out`) : null));
}
// The grades that a change of the code itself raises: complexity, adaptability, resource management.
const CODE = new Set([0, 1, 4]);
function minuteCard() {
  const [down, up] = D.direction, inside = sum(D.cycles.map((cycle) => cycle.modules.length)), worst = worstFunctions(1)[0];
  const broken = D.contracts.filter((one) => !one.kept).length;
  const [best, of] = D.grades.flatMap((grade, at) => (CODE.has(at) ? grade.levers : []).slice(0, 1).map((lever) => [lever, at])).sort((a, b) => b[0].points - a[0].points)[0] || [];
  const line = (question, answer, target) => el("a", { class: "answer", href: target }, el("span", { class: "question" }, question), el("span", {}, answer));
  return card("In one minute", null,
    line("What are the parts?", `${num(D.units.length)} parts in ${num(Math.max(0, ...D.units.map((unit) => unit.level)))} layers`, "#/map"),
    line("Which way do they depend?", up + down ? `${percent(down / (up + down))} of ${num(up + down)} imports between parts run down` : "no part imports another", "#/matrix"),
    line("What breaks the design?", [D.contracts.length ? `${broken} of ${count(D.contracts.length, "contract")} broken, ` : "", `${num(up)} imports against the order, ${inside ? `${num(inside)} modules in ${count(D.cycles.length, "cycle")}` : D.summary.not_analysed ? "no cycle on load found among what was read" : "no cycle on load"}`], "#/cycles"),
    line("Where is the complexity?", worst ? `${D.grades[0].criteria.map((one) => one.value).join("")}; the worst, ${num(worst.cyclomatic)}, in ${short(M.name[worst.module])}` : "there is no function", "#/functions"),
    D.actions.length ? line("What comes first?", [D.actions[0].title.replaceAll("`", ""), D.actions[0].minutes ? ` (${duration(D.actions[0].minutes)})` : ""], firstTarget())
      : best ? line("What would raise a grade most?", `${D.grades[of].challenge} +${best.points.toFixed(1)}: ${best.text.replaceAll("`", "")}`, hash("grade", String(of))) : null);
}
/** Where the first action is: the page of its module, else the modules. */
function firstTarget() {
  const at = M.path.indexOf(D.actions[0].path);
  return at < 0 ? "#/modules" : hash("module", M.name[at]);
}
function actionsCard() {
  if (!D.actions.length) return card("What to do first", null, note("Nothing stands out: no cycle on load, few imports against the order, no overgrown function."));
  const draw = (action, at) => el("details", { open: at < 2 && window.innerWidth >= 700 }, el("summary", {}, prose(action.title), action.minutes ? [" ", chip(duration(action.minutes), "soft")] : null),
    el("p", {}, place(action.path, action.line)), action.how ? el("p", {}, prose(action.how)) : null, note(prose([action.reason, action.effect].filter(Boolean).join("; "))));
  return card("What to do first", "most gained for the time first", folded(D.actions, 5, draw, "todo"));
}
function worstFunctions(most) {
  return allFunctions().filter((one) => one.cyclomatic !== null).sort((a, b) => b.cyclomatic - a.cyclomatic || a.module - b.module).slice(0, most);
}
function hardCard() {
  const found = worstFunctions(8), most = found.length ? found[0].cyclomatic : 1;
  return card("Where the complexity is", [link("#/functions", "All functions", "button"), " ", link("#/treemap", "Treemap", "button")], el("div", { class: "ranks" }, found.map((one) => rank([el("span", { class: "mono" }, breakable(one.name)), el("span", { class: "faint" }, ["in ", moduleLink(one.module)])], one.cyclomatic / most, num(one.cyclomatic)))));
}
function rank(label, share, value) {
  return el("div", { class: "rank" }, el("span", { class: "what" }, label), bar(share), el("span", { class: "number" }, value));
}
function hubCard() {
  const found = D.imported.slice(0, 8), most = Math.max(1, ...found.map(([, into, out]) => into + out));
  return card("Most imported, and what they import", link("#/modules", "All modules", "button"), found.length ? el("div", { class: "ranks" }, found.map(([index, into, out]) => rank(moduleLink(index), (into + out) / most, `${num(into)} in, ${num(out)} out`))) : note("No module is imported by many."));
}
function breachCard() {
  return card("Against the order", `${num(D.direction[1])} imports`, D.against.length ? folded(D.against, 6, (pair) => el("details", { class: "tie" }, el("summary", {}, el("span", { class: "mono" }, `${pair.importer} → ${pair.imported}`), " ", chip(`${num(pair.count)} up`, "bad"), chip(`${num(pair.forward)} down`, "soft")), folded(pair.rows, 8, step))) : note("Nothing: every import between parts runs down."));
}
function builtCard() {
  const counts = (list) => el("p", { class: "cloud" }, list.slice(0, 24).map(([name, number]) => [link(hash("package", name), name, "mono"), el("span", { class: "faint" }, ` ${num(number)}  `)]), list.length > 24 ? link("#/technology", `and ${num(list.length - 24)} more`) : null);
  const aside = [["test", "test module"], ["vendored", "vendored module"], ["migration", "migration"]].filter(([kind]) => D.summary[`${kind}_modules`]).map(([kind, said]) => `${count(D.summary[`${kind}_modules`], said)}, ${count(D.summary[`${kind}_lines`], "line")}`);
  const starts = D.summary.entry_points;
  return card("Starts and foundations", null, starts.length ? [el("h3", {}, "Starts"), folded(starts, 5, ([command, runs]) => [el("code", {}, command), " ", el("span", { class: "faint mono" }, runs)])] : null,
    D.summary.needed.length ? [el("h3", {}, "Built on (modules that import it)"), counts(D.summary.needed)] : null, D.summary.optional.length ? [el("h3", {}, "Optional"), counts(D.summary.optional)] : null,
    D.system[0].size > 1 ? [el("h3", {}, "As a whole"), el("p", {}, `A module reaches ${percent(D.system[0].propagation_cost)} of all on average (propagation cost), ${percent(D.system[1].propagation_cost)} on load.`)] : null, aside.length ? note(`${aside.join("; ")}: left out of all of this.`) : null);
}
