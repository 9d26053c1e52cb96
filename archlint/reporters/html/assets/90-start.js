// Routes, search and theme.
const PAGES = {
  "": pageOverview, map: pageMap, matrix: pageMatrix, treemap: pageTreemap, cycles: pageCycles, contracts: pageContracts, findings: pageFindings, modules: pageModules,
  functions: pageFunctions, module: pageModule, package: pagePackage, grade: pageGrade, changes: pageChanges, search: pageSearch, overview: pageOverview,
  capabilities: pageCapabilities, technology: pageTechnology, effort: pageEffort, owners: pageOwners,
};
const TABS = [["", "Overview"], ["map", "Map"], ["matrix", "Matrix"], ["treemap", "Treemap"], ["cycles", "Cycles", D.cycles.length], ["contracts", "Contracts", D.contracts.length], ["findings", "Findings", D.findings.length], ["capabilities", "Capabilities"], ["technology", "Technology"], ["effort", "Effort"], ...(D.owners ? [["owners", "Owners"]] : []), ["modules", "Modules"], ["functions", "Functions"]];
if (D.changes && !D.changes.difference) TABS.push(["changes", "Changes"]);
if (D.changes && D.changes.difference) { PAGES[""] = pageChanges; TABS.splice(0, 1, ["", "Changes"], ["overview", "Overview"]); }
const main = document.getElementById("main");

function parts() {
  return location.hash.replace(/^#\/?/, "").split("/").map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
}
function go() {
  const [name, ...rest] = parts();
  const page = Object.hasOwn(PAGES, name) ? PAGES[name] : PAGES[""];
  const kids = page(...rest).flat(Infinity).filter(Boolean);
  main.replaceChildren(...kids);
  main.className = `page-${name || "overview"}`;
  for (const tab of document.querySelectorAll("#tabs a")) {
    if (tab.dataset.name === name) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
  }
  const cycle = name === "cycles" && rest.length ? document.getElementById(`cycle-${rest[0]}`) : null;
  const target = cycle || main.querySelector(".maprow.selected");
  window.scrollTo(0, 0);
  if (target) target.scrollIntoView({ block: cycle ? "start" : "nearest" });
  document.body.dataset.ready = name || "overview";
}
function tabs() {
  document.getElementById("tabs").replaceChildren(...TABS.map(([name, label, number]) => el("a", { href: `#/${name}`, "data-name": name }, label, number ? chip(num(number), "soft") : null)));
}
function searchBox() {
  const input = document.getElementById("search"), list = document.getElementById("hits");
  let chosen = -1;
  const close = () => { list.hidden = true; list.replaceChildren(); chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const open = () => {
    const found = hits(input.value, 12);
    list.replaceChildren(...found.map((hit, at) => el("a", { href: hash("module", M.name[hit.index]), role: "option", id: `hit-${at}`, tabindex: -1, onclick: close }, chip(hit.kind, "soft"), " ", el("span", { class: "mono" }, hit.label), hit.kind === "function" ? el("span", { class: "faint" }, ` ${M.name[hit.index]}`) : null)));
    if (!found.length && input.value.trim()) list.append(note("Nothing is called that."));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
  };
  const choose = (stepBy) => {
    const nodes = [...list.querySelectorAll("a")];
    if (!nodes.length) return;
    chosen = (chosen + stepBy + nodes.length) % nodes.length;
    nodes.forEach((node, at) => node.classList.toggle("chosen", at === chosen));
    input.setAttribute("aria-activedescendant", nodes[chosen].id);
  };
  const enter = () => {
    const node = list.querySelectorAll("a")[chosen];
    location.hash = node ? node.getAttribute("href") : hash("search", input.value.trim());
    close();
  };
  const keys = { ArrowDown: () => choose(1), ArrowUp: () => choose(-1), Enter: enter, Escape: close };
  input.addEventListener("input", open);
  input.addEventListener("keydown", (event) => { if (event.key in keys) { event.preventDefault(); keys[event.key](); } });
  document.addEventListener("click", (event) => { if (!event.target.closest("#finder")) close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); } });
}
/** Remembered where the browser allows it for files. */
function stored(value) {
  try { if (value) localStorage.setItem("archlint-theme", value); return localStorage.getItem("archlint-theme"); } catch { return value; }
}
function theme() {
  const rootNode = document.documentElement, button = document.getElementById("theme");
  const dark = () => (rootNode.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const say = () => button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
  const kept = stored();
  if (kept === "dark" || kept === "light") rootNode.dataset.theme = kept;
  button.addEventListener("click", () => { rootNode.dataset.theme = dark() ? "light" : "dark"; stored(rootNode.dataset.theme); say(); });
  say();
}
/** The embedded document as a file of its own. */
function download() {
  document.getElementById("json").addEventListener("click", () => {
    const file = new Blob([document.getElementById("data").textContent], { type: "application/json" });
    const anchor = el("a", { href: URL.createObjectURL(file), download: "archlint-page.json" });
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  });
}
tabs();
searchBox();
theme();
download();
window.addEventListener("hashchange", go);
let wide = window.innerWidth;
window.addEventListener("resize", () => {
  // A phone's address bar comes and goes: only another width asks for another drawing.
  if (window.innerWidth === wide || !/^(overview|map|treemap)$/.test(document.body.dataset.ready)) return;
  wide = window.innerWidth;
  go();
});
go();
