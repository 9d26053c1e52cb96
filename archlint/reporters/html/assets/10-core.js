// The document, small helpers, and the only ways in which elements come into being: text is never markup.
const D = JSON.parse(document.getElementById("data").textContent);
const M = D.modules;
const COUNT = M.name.length;
const FLAG = { typeChecking: 1, deferred: 2, conditional: 4, lazy: 8 };
const MARK = { package: 1, test: 2, generated: 4, namespace: 8, vendored: 16 };
const SVG = "http://www.w3.org/2000/svg";
const format = new Intl.NumberFormat("en-US");

function fill(node, props, kids) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...kids.flat(Infinity).filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return node;
}
function el(tag, props, ...kids) { return fill(document.createElement(tag), props, kids); }
function svg(tag, props, ...kids) { return fill(document.createElementNS(SVG, tag), props, kids); }
function refill(node, ...kids) {
  node.replaceChildren();
  return fill(node, {}, kids);
}
function num(value) { return typeof value === "number" ? format.format(value) : "–"; }
function count(value, noun) { return `${num(value)} ${noun}${value === 1 ? "" : "s"}`; }
function percent(value) { return `${(100 * value).toFixed(1)}%`; }
function signed(value) { return (value > 0 ? "+" : value < 0 ? "−" : "±") + num(Math.abs(value)); }
function sum(list) { return list.reduce((total, value) => total + value, 0); }

/** Text in which `words between backticks` are code. */
function prose(text) {
  return String(text || "").split("`").map((part, place) => (place % 2 ? el("code", {}, part) : part));
}
function hash(...parts) { return "#/" + parts.map(encodeURIComponent).join("/"); }
function link(target, label, kind) { return el("a", { href: target, class: kind }, label); }
function moduleLink(index, label) {
  return link(hash("module", M.name[index]), breakable(label || short(M.name[index])), "mono");
}
/** A name that may wrap after its dots. */
function breakable(name) {
  return name.split(/(?<=[./_])/).flatMap((part, place) => (place ? [el("wbr"), part] : [part]));
}
function place(path, line) { return path ? el("span", { class: "place" }, breakable(`${path}${line ? ":" + line : ""}`)) : null; }
/** What all roots begin with, whole components alone. */
const SHARED = D.summary.roots.map((root) => root.split(".")).reduce((one, other) => one.filter((_, at) => one.slice(0, at + 1).every((part, depth) => part === other[depth])), (D.summary.roots[0] || "").split("."));
function short(name) {
  const start = SHARED.join(".") + ".";
  return name.startsWith(start) ? name.slice(start.length) : name;
}
function chip(text, kind, title) { return el("span", { class: `chip ${kind || ""}`, title }, text); }
function card(title, aside, ...kids) {
  return el("section", { class: "card" }, el("header", {}, el("h2", {}, title), aside ? el("div", { class: "aside" }, aside) : null), kids);
}
function note(...kids) { return el("p", { class: "note" }, kids); }
function bar(share, kind) {
  const inner = el("span", { class: `fill ${kind || ""}` });
  inner.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return el("span", { class: "bar", "aria-hidden": "true" }, inner);
}
function flagNames(flags) {
  return Object.entries({ "type-checking": 1, deferred: 2, conditional: 4, lazy: 8 }).filter(([, bit]) => flags & bit).map(([name]) => name);
}
function flagChips(flags) { return flagNames(flags).map((name) => chip(name, "soft")); }

/** A list of which the first few show and the rest waits behind a button. */
function folded(items, most, draw, kind) {
  const list = el(kind ? "ol" : "ul", { class: kind || "plain" });
  let shown = 0;
  const more = el("button", { type: "button", class: "quiet", onclick: () => show(200) });
  function show(number) {
    list.append(...items.slice(shown, shown + number).map((item, at) => el("li", {}, draw(item, shown + at))));
    shown = Math.min(items.length, shown + number);
    more.textContent = `Show more (${num(items.length - shown)} left)`;
    more.hidden = shown >= items.length;
  }
  show(most);
  return [list, more];
}
