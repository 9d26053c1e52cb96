// Size and complexity: squarified areas (Bruls, Huizing and van Wijk 2000) of lines, shaded by complexity.
const SHADES = {
  worst: { title: "most complex function", of: (index) => WORST[index], steps: [5, 10, 20, 50] },
  density: { title: "complexity per 100 lines", of: (index) => Math.round((100 * M.cyclomatic[index]) / Math.max(1, M.lines[index])), steps: [8, 14, 20, 28] },
  importers: { title: "importers (Ca)", of: (index) => M.afferent[index], steps: [2, 10, 30, 100] },
  imports: { title: "imports (Ce)", of: (index) => M.efferent[index], steps: [2, 6, 12, 25] },
};
if (M.commits.some((value) => value !== null)) {
  SHADES.heat = { title: "commits times complexity", of: (index) => (M.commits[index] || 0) * M.cyclomatic[index], steps: [20, 100, 400, 1500] };
  SHADES.commits = { title: "commits", of: (index) => M.commits[index] || 0, steps: [1, 4, 12, 40] };
  SHADES.authors = { title: "authors", of: (index) => M.authors[index] || 0, steps: [1, 2, 4, 8] };
}

/** Lay values out in a rectangle; returns [item, x, y, w, h], largest first. */
function squarify(items, x, y, w, h) {
  const found = [], list = items.filter((item) => item.size > 0).sort((a, b) => b.size - a.size);
  const whole = sum(list.map((item) => item.size));
  if (!whole || w <= 0 || h <= 0) return found;
  const scale = (w * h) / whole;
  let box = { x, y, w, h }, row = [];
  for (const item of list) {
    const side = Math.min(box.w, box.h);
    if (row.length && ratio([...row, item], side, scale) > ratio(row, side, scale)) { box = placeRow(row, box, scale, found); row = []; }
    row.push(item);
  }
  if (row.length) placeRow(row, box, scale, found);
  return found;
}
function ratio(row, side, scale) {
  const area = scale * sum(row.map((item) => item.size));
  const most = scale * row[0].size, least = scale * row[row.length - 1].size;
  return Math.max((side * side * most) / (area * area), (area * area) / (side * side * least));
}
function placeRow(row, box, scale, found) {
  const area = scale * sum(row.map((item) => item.size)), flat = box.w < box.h;
  const depth = area / Math.min(box.w, box.h);
  let at = flat ? box.x : box.y;
  for (const item of row) {
    const length = (scale * item.size) / depth;
    found.push(flat ? [item, at, box.y, length, depth] : [item, box.x, at, depth, length]);
    at += length;
  }
  return flat ? { x: box.x, y: box.y + depth, w: box.w, h: box.h - depth } : { x: box.x + depth, y: box.y, w: box.w - depth, h: box.h };
}
function treeItem(index) {
  const below = CHILDREN[index].filter((child) => !is(child, "test")).map(treeItem).filter((item) => item.size);
  const own = is(index, "test") ? 0 : M.lines[index];
  return { index, below, own, size: own + sum(below.map((item) => item.size)) };
}
function shadeOf(index, shade) {
  const value = shade.of(index), at = shade.steps.findIndex((step) => value <= step);
  return at < 0 ? shade.steps.length : at;
}
function pageTreemap(name, chosen) {
  const shade = SHADES[chosen] || SHADES.worst, root = INDEX.get(name);
  const roots = root === undefined ? D.summary.roots.map((one) => INDEX.get(one)).filter((one) => one !== undefined) : [root];
  const width = Math.max(320, Math.min(1340, document.documentElement.clientWidth - 76)), height = Math.max(380, Math.round(width * 0.46));
  const node = svg("svg", { class: "treemap", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Modules by lines and complexity" });
  let items = roots.map(treeItem);
  if (items.length === 1 && items[0].below.length) items = [...items[0].below, { index: items[0].index, below: [], own: items[0].own, size: items[0].own, self: true }];
  for (const spot of squarify(items, 0, 0, width, height)) drawSpot(node, spot, shade, 0);
  const pick = el("select", { "aria-label": "Shade by", onchange: (event) => { location.hash = hash("treemap", name || "", event.target.value); } },
    Object.entries(SHADES).map(([word, one]) => el("option", { value: word, selected: one === shade }, one.title)));
  return [heading("Size and complexity", root === undefined ? "area is lines of code" : [crumbs(root, (index) => hash("treemap", M.name[index], chosen || "worst"))], el("label", {}, "Shade by ", pick)), shadeLegend(shade),
    el("div", { class: "card scroll" }, node), note("Choose a package's title to enter it, a module to open its page.")];
}
function shadeLegend(shade) {
  const words = [...shade.steps.map((step, at) => (at ? `${shade.steps[at - 1] + 1}–${step}` : `≤ ${step}`)), `> ${shade.steps[shade.steps.length - 1]}`];
  return el("p", { class: "legend" }, `${shade.title}: `, words.map((word, at) => el("span", { class: "key" }, el("i", { class: `shade s${at}` }), word)));
}
function drawSpot(node, [item, x, y, w, h], shade, depth) {
  if (w < 1.5 || h < 1.5) return;
  const open = item.below.length && w > 26 && h > 26 && depth < 5;
  node.append(spotBox(item, x, y, w, h, shade, open));
  if (!open) return;
  const top = w > 44 && h > 34 ? 17 : 2;
  const inner = [...item.below, { index: item.index, below: [], size: item.own, own: item.own, self: true }];
  for (const spot of squarify(inner, x + 2, y + top, w - 4, h - top - 2)) drawSpot(node, spot, shade, depth + 1);
}
function spotBox(item, x, y, w, h, shade, open) {
  const modules = item.below.length && !open ? inside(item.index).filter((index) => !is(index, "test")) : [item.index];
  const value = Math.max(...modules.map((index) => shade.of(index)));
  const level = Math.max(...modules.map((index) => shadeOf(index, shade)));
  const name = M.name[item.index], label = item.self ? "__init__" : name.slice(name.lastIndexOf(".") + 1);
  const words = open ? `${name}: ${count(item.size, "line")}` : `${name}: ${count(item.size, "line")}, ${shade.title} ${num(value)}`;
  const target = item.below.length ? hash("treemap", name, Object.keys(SHADES).find((word) => SHADES[word] === shade)) : hash("module", name);
  const box = svg("rect", { class: open ? "group" : `spot shade s${level}`, x: x.toFixed(1), y: y.toFixed(1), width: Math.max(0, w - 1).toFixed(1), height: Math.max(0, h - 1).toFixed(1), rx: 2 });
  const fits = w > 30 && h > 15 && (!open || (w > 44 && h > 34));
  const text = fits ? svg("text", { class: open ? "title" : `on${level}`, x: (x + 4).toFixed(1), y: (y + 12.5).toFixed(1) }, clip(label, Math.floor((w - 6) / 6.3))) : null;
  return svg("a", { href: target, tabindex: w * h > 500 ? 0 : -1, "aria-label": words }, svg("title", {}, words), box, text);
}
