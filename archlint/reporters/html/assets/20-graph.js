// The module tree, the imports in both directions, and which of them run against the order.
const INDEX = new Map(M.name.map((name, index) => [name, index]));
const PARENT = M.name.map((name) => {
  const found = INDEX.get(name.slice(0, Math.max(0, name.lastIndexOf("."))));
  return found === undefined ? -1 : found;
});
const CHILDREN = M.name.map(() => []);
PARENT.forEach((parent, index) => { if (parent >= 0) CHILDREN[parent].push(index); });
const is = (index, mark) => Boolean(M.flags[index] & MARK[mark]);

/** Distinct imports: {from, to, rows, load, run}; `run` is false where all are for type checkers alone. */
const EDGES = [];
const OUT = M.name.map(() => []);
const IN = M.name.map(() => []);
D.imports.forEach((rows, from) => {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(row[0])) found.set(row[0], { from, to: row[0], rows: [], run: false, load: false });
    const edge = found.get(row[0]);
    edge.rows.push(row);
    if (!(row[2] & FLAG.typeChecking)) edge.run = true;
    if (!(row[2] & (FLAG.typeChecking | FLAG.deferred | FLAG.lazy))) edge.load = true;
  }
  for (const edge of found.values()) { EDGES.push(edge); OUT[from].push(edge); IN[edge.to].push(edge); }
});

const CYCLE = new Map();
D.cycles.forEach((cycle, number) => cycle.modules.forEach((index) => CYCLE.set(index, number)));
const inCycle = (edge) => edge.load && CYCLE.has(edge.from) && CYCLE.get(edge.from) === CYCLE.get(edge.to);

const UNIT = new Array(COUNT).fill(-1);
D.units.forEach((unit, number) => { unit.index = INDEX.get(unit.name); unit.number = number; });
const WHOLE = new Map(D.units.filter((unit) => !unit.alone).map((unit) => [unit.index, unit.number]));
const ALONE = new Map(D.units.filter((unit) => unit.alone).map((unit) => [unit.index, unit.number]));
for (let index = 0; index < COUNT; index += 1) {
  if (is(index, "test")) continue;
  if (ALONE.has(index)) { UNIT[index] = ALONE.get(index); continue; }
  for (let at = index; at >= 0; at = PARENT[at]) {
    if (WHOLE.has(at)) { UNIT[index] = WHOLE.get(at); break; }
  }
}

function lineage(index) {
  const found = [];
  for (let at = index; at >= 0; at = PARENT[at]) found.unshift(at);
  return found;
}
/** The levels of two modules where their ways part. */
function levels(from, to) {
  const one = UNIT[from], two = UNIT[to];
  if (one !== two && one >= 0 && two >= 0) return [D.units[one].level, D.units[two].level];
  const above = lineage(from), below = lineage(to);
  let shared = 0;
  while (shared < above.length && above[shared] === below[shared]) shared += 1;
  const at = (line) => (shared < line.length ? M.level[line[shared]] : M.own[line[line.length - 1]]);
  return [at(above), at(below)];
}
function isUp(edge) {
  if (!edge.run || UNIT[edge.from] < 0 || UNIT[edge.to] < 0) return false;
  const [one, two] = levels(edge.from, edge.to);
  return one < two;
}
function inside(index) {
  const found = [index];
  for (let at = 0; at < found.length; at += 1) found.push(...CHILDREN[found[at]]);
  return found;
}

/** Functions as objects: of one module, or of all production code that nobody generated, as the grade counts them. */
function functionsOf(index) {
  return D.functions[index].map((row) => ({ module: index, name: row[0], line: row[1], lines: row[2] - row[1] + 1, cyclomatic: row[3], nested: row[4], cognitive: row[5], nesting: row[7], parameters: row[8] }));
}
let everyFunction = null;
function allFunctions() {
  everyFunction = everyFunction || M.name.flatMap((_, index) => (["test", "vendored", "generated"].some((mark) => is(index, mark)) ? [] : functionsOf(index)));
  return everyFunction;
}
const WORST = D.functions.map((rows) => rows.reduce((most, row) => Math.max(most, row[3] || 0), 0));

/** The rows of map and matrix: units, of which those in `open` show what they hold. Shared by both. */
const OPEN = new Set();
const MOST_CHILDREN = 60;
/** What somebody asked to see: it shows however little it is tied. */
const WANTED = new Set();
function topRows() {
  return [...D.units.map((unit) => ({ index: unit.index, alone: unit.alone, label: unit.label, level: unit.level, depth: 0, modules: unit.modules, lines: unit.lines, doc: unit.doc || (unit.offers.length ? "offers " + unit.offers.slice(0, 4).join(", ") : ""), parent: null })), ...ghostRows()];
}
/** A row for each part that is gone since the compared report; `rest` is empty, for no module is in it. */
function ghostRows() {
  return [...GHOSTS].map(([name, names]) => ({ index: Math.max(0, nearest(name)), ghosts: names, rest: [], alone: true, label: short(name), level: 0, depth: 0, modules: names.length, lines: 0, doc: "gone", parent: null }));
}
function childRows(row) {
  const below = CHILDREN[row.index].filter((child) => !is(child, "test"));
  const ties = new Map(below.map((child) => [child, M.afferent[child] + M.efferent[child]]));
  const kept = new Set([...below].sort((a, b) => ties.get(b) - ties.get(a) || a - b).filter((child, at) => at < MOST_CHILDREN || WANTED.has(child)));
  const rows = below.filter((child) => kept.has(child)).map((child) => childRow(child, row));
  rows.push({ index: row.index, alone: true, label: "__init__", level: M.own[row.index] || 1, depth: row.depth + 1, modules: 1, lines: M.lines[row.index], doc: "", parent: row });
  rows.sort((a, b) => b.level - a.level || b.lines - a.lines || (a.label < b.label ? -1 : 1));
  const rest = below.filter((child) => !kept.has(child));
  if (rest.length) rows.push({ index: row.index, rest, alone: true, label: `and ${num(rest.length)} more`, level: 0, depth: row.depth + 1, modules: rest.length, lines: sum(rest.map((child) => M.lines[child])), doc: "less tied", parent: row });
  return rows;
}
function childRow(child, parent) {
  const whole = inside(child).filter((index) => !is(index, "test"));
  const label = M.name[child].slice(M.name[parent.index].length + 1);
  return { index: child, alone: false, label, level: M.level[child], depth: parent.depth + 1, modules: whole.length, lines: sum(whole.map((index) => M.lines[index])), doc: M.doc[child], parent };
}
function key(row) { return `${row.index}${row.alone ? "!" : ""}${row.rest ? "+" : ""}`; }
function opens(row) { return !row.alone && CHILDREN[row.index].some((child) => !is(child, "test")); }
function visibleRows(open) {
  const found = [];
  const visit = (row) => {
    row.open = opens(row) && open.has(row.index);
    found.push(row);
    if (row.open) childRows(row).forEach(visit);
  };
  topRows().forEach(visit);
  found.forEach((row, place) => { row.place = place; });
  return found;
}
/** For each module the place of the row that stands for it, or -1; a row comes before those that it holds. */
function homes(rows) {
  const found = new Int32Array(COUNT).fill(-1);
  for (const row of rows) {
    for (const index of standsFor(row)) if (!is(index, "test")) found[index] = row.place;
  }
  return found;
}
function standsFor(row) {
  if (row.rest) return row.rest.flatMap(inside);
  return row.alone ? [row.index] : inside(row.index);
}
/** The imports between rows: {from, to, count, up, cyclic, fresh, gone, edges}; `gone` lists those of the compared report. */
function between(rows) {
  const home = homes(rows), found = new Map();
  const ghosts = new Map(rows.flatMap((row) => (row.ghosts || []).map((name) => [name, row.place])));
  const tie = (from, to, up) => {
    if (from < 0 || to < 0 || from === to) return null;
    const at = from * rows.length + to;
    if (!found.has(at)) found.set(at, { from, to, count: 0, up: up(), cyclic: false, fresh: 0, gone: [], edges: [] });
    return found.get(at);
  };
  const homeOf = (name) => (ghosts.has(name) ? ghosts.get(name) : nearest(name) < 0 ? -1 : home[nearest(name)]);
  for (const edge of EDGES) {
    const held = edge.run ? tie(home[edge.from], home[edge.to], () => isUp(edge)) : null;
    if (!held) continue;
    held.count += 1;
    held.cyclic = held.cyclic || inCycle(edge);
    held.fresh += FRESH.has(edge.from * COUNT + edge.to) ? 1 : 0;
    held.edges.push(edge);
  }
  for (const names of GONE) {
    const from = homeOf(names[0]), to = homeOf(names[1]), held = tie(from, to, () => from > to);
    if (held) held.gone.push(names);
  }
  return [...found.values()];
}
const FRESH = new Set(((D.changes && D.changes.imports_new) || []).map(([from, to]) => from * COUNT + to));
/** The module of that name, or the package nearest above where it is gone; -1 where nothing is left of it. */
function nearest(name) {
  for (let at = name; at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) if (INDEX.has(at)) return INDEX.get(at);
  return -1;
}
const GONE = (D.changes && D.changes.imports_gone) || [];
/** Modules that are gone: by the module nearest above, or, where a whole part went with them, by that part. */
const LOST = M.name.map(() => []);
const GHOSTS = new Map();
for (const name of (D.changes && D.changes.modules_gone) || []) {
  const at = nearest(name), part = at < 0 ? name.split(".")[0] : name.split(".").slice(0, M.name[at].split(".").length + 1).join(".");
  if (at >= 0 && UNIT[at] >= 0 && !ALONE.has(at)) LOST[at].push(name);
  else GHOSTS.set(part, [...(GHOSTS.get(part) || []), name]);
}
const BORN = new Set((D.changes && D.changes.modules_new) || []);
/** How many modules behind a row are new, and how many are gone. */
function turnover(row) {
  const all = standsFor(row).filter((index) => !is(index, "test"));
  if (row.ghosts) return { born: 0, lost: row.ghosts.length };
  return { born: all.filter((index) => BORN.has(index)).length, lost: sum(all.map((index) => LOST[index].length)) };
}
