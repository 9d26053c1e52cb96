// The dependency structure matrix: a row imports a column; in this order, what is right of the diagonal runs down.
let CELL = 22;

function pageMatrix(kind, value) {
  const cycle = kind === "cycle" ? D.cycles[Number(value)] : null;
  const holder = el("div", { class: "card scroll" }), panel = el("aside", { class: "card panel", "aria-live": "polite" });
  const draw = () => {
    const [rows, ties] = cycle ? cycleMatrix(cycle) : partMatrix();
    holder.replaceChildren(matrix(rows, ties, panel, cycle ? null : draw));
  };
  panel.append(note(`Choose a cell to see the imports behind it.${cycle ? "" : " Choose a row's name to open the package."}`));
  draw();
  const title = cycle ? `Matrix of cycle ${Number(value) + 1}` : "Matrix";
  return [heading(title, cycle ? "a row imports a column; left of the diagonal is the cheapest break" : "a row imports a column; parts from the highest layer to the lowest"),
    el("p", { class: "legend" }, el("span", { class: "key" }, el("i", { class: "cell down" }), "runs down"), el("span", { class: "key" }, el("i", { class: "cell up" }), cycle ? "the cheapest break" : "against the order"),
      el("span", { class: "key" }, el("i", { class: "cell cyclic" }), "in a cycle on load"), D.changes && !cycle ? [el("span", { class: "key" }, el("i", { class: "cell fresh" }), "new"), el("span", { class: "key" }, el("i", { class: "cell gone" }), "gone")] : null),
    el("div", { class: "split" }, holder, panel)];
}
function partMatrix() {
  const rows = visibleRows(OPEN);
  markLevels(rows);
  return [rows, between(rows)];
}
/** The modules of one cycle, in an order in which few imports run back: most imports first. */
function cycleMatrix(cycle) {
  const held = new Set(cycle.modules);
  const broken = new Set(cycle.breaks.flat().map(([from, to]) => from * COUNT + to));
  const edges = cycle.modules.flatMap((index) => OUT[index].filter((edge) => edge.load && held.has(edge.to)));
  const order = topological(cycle.modules, edges.filter((edge) => !broken.has(edge.from * COUNT + edge.to)));
  const rows = order.map((index, at) => ({ index, alone: true, label: short(M.name[index]), level: order.length - at, depth: 0, place: at, firstOfLevel: true }));
  const at = new Map(order.map((index, number) => [index, number]));
  const ties = edges.map((edge) => ({ from: at.get(edge.from), to: at.get(edge.to), count: 1, up: broken.has(edge.from * COUNT + edge.to), cyclic: true, fresh: 0, gone: [], edges: [edge] }));
  return [rows, ties];
}
function topological(nodes, edges) {
  const waiting = new Map(nodes.map((index) => [index, 0]));
  for (const edge of edges) waiting.set(edge.to, waiting.get(edge.to) + 1);
  const ready = nodes.filter((index) => !waiting.get(index)), found = [];
  while (ready.length) {
    const index = ready.shift();
    found.push(index);
    for (const edge of edges) {
      if (edge.from !== index) continue;
      waiting.set(edge.to, waiting.get(edge.to) - 1);
      if (!waiting.get(edge.to)) ready.push(edge.to);
    }
  }
  return [...found, ...nodes.filter((index) => !found.includes(index))];
}
function matrix(rows, ties, panel, redraw) {
  const wide = Math.min(260, 30 + 7 * Math.max(4, ...rows.map((row) => row.label.length + 2 * row.depth)));
  CELL = rows.length <= 26 ? 30 : 22;
  const size = rows.length * CELL, head = wide - 20;
  const node = svg("svg", { class: "matrix", width: wide + size + 12, height: head + size + 12, role: "group", "aria-label": "Dependency structure matrix" });
  node.append(svg("rect", { class: "ground", x: wide, y: head, width: size, height: size }));
  rows.forEach((row, at) => node.append(...matrixHeads(row, at, wide, head, size, redraw)));
  for (const tie of ties) node.append(matrixCell(tie, rows, wide, head, panel));
  return node;
}
function matrixHeads(row, at, wide, head, size, redraw) {
  const middle = at * CELL + CELL / 2, text = clip(row.label, Math.floor((wide - 30) / 7) - 2 * row.depth);
  const act = () => { if (!opens(row)) return; if (OPEN.has(row.index)) OPEN.delete(row.index); else OPEN.add(row.index); redraw(); };
  const name = svg("text", { class: `head${redraw && opens(row) ? " opens" : ""}`, x: wide - 8, y: head + middle + 4, "text-anchor": "end", tabindex: redraw && opens(row) ? 0 : null, onclick: redraw && act, onkeydown: redraw && ((event) => event.key === "Enter" && act()) },
    svg("title", {}, M.name[row.index]), `${redraw && opens(row) ? (row.open ? "− " : "+ ") : ""}${text}`);
  const column = svg("text", { class: "head", transform: `translate(${wide + middle + 4} ${head - 8}) rotate(-90)` }, svg("title", {}, M.name[row.index]), text);
  const lines = row.firstOfLevel ? [svg("path", { class: row.depth ? "rule faint" : "rule", d: `M${wide} ${head + at * CELL}h${size}M${wide + at * CELL} ${head}v${size}` })] : [];
  const own = svg("rect", { class: "self", x: wide + at * CELL, y: head + at * CELL, width: CELL, height: CELL });
  const cyclic = redraw && !row.open ? standsFor(row).filter((index) => CYCLE.has(index)).length : 0;
  const dot = cyclic ? [svg("g", { class: "within" }, svg("title", {}, `${count(cyclic, "module")} of ${row.label} in cycles on load`), svg("circle", { class: "dot", cx: wide + at * CELL + CELL / 2, cy: head + at * CELL + CELL / 2, r: 4 }))] : [];
  return [own, ...lines, name, column, ...dot];
}
function clip(text, most) { return text.length > most ? text.slice(0, Math.max(3, most - 1)) + "…" : text; }
function matrixCell(tie, rows, wide, head, panel) {
  const kinds = ["cell", tie.up ? "up" : "down", tie.cyclic ? "cyclic" : "", tie.fresh ? "fresh" : "", tie.count ? "" : "gone"].join(" ");
  const x = wide + tie.to * CELL, y = head + tie.from * CELL;
  const words = `${rows[tie.from].label} imports ${rows[tie.to].label}: ${count(tie.count, "import")}${tie.up && tie.count ? ", against the order" : ""}${tie.cyclic ? ", part of a cycle on load" : ""}${changedWords(tie)}`;
  const show = () => refill(panel, el("h2", {}, `${rows[tie.from].label} → ${rows[tie.to].label}`), el("p", {}, words), folded(tie.edges, 30, edgeLine), goneList(tie));
  const group = svg("g", { class: kinds, tabindex: 0, role: "button", "aria-label": words, onclick: show, onkeydown: (event) => event.key === "Enter" && show() }, svg("title", {}, words),
    svg("rect", { x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 3, "fill-opacity": Math.min(1, 0.25 + Math.log10(tie.count + 1) * 0.38).toFixed(2) }),
    svg("text", { x: x + CELL / 2, y: y + CELL / 2 + 3.5, "text-anchor": "middle" }, tie.count > 999 ? `${Math.round(tie.count / 1000)}k` : tie.count ? String(tie.count) : `−${tie.gone.length}`));
  if (tie.cyclic) group.append(svg("circle", { class: "dot", cx: x + CELL - 4, cy: y + 4, r: 2.6 }));
  return group;
}
