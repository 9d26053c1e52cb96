"""A picture of the graph: what is left when it is focused, collapsed, or reduced to its cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import EDGE_KINDS, flag_names
from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import components
from archlint.graph.focus import in_focus
from archlint.graph.grouping import grouping
from archlint.graph.modulegraph import ModuleGraph, kinds_mask
from archlint.model import Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Pair = tuple[str, str]
Rows = dict[Pair, list[Import]]


class Lens(Struct, frozen=True):
    """How to look at a graph.

    ``kinds`` are the import kinds that count; ``focus`` names modules (with all below them) that the
    picture keeps together with what lies within ``depth`` imports of them in either direction.
    ``collapse`` holds a depth, the word ``package``, or modules that swallow all below them.
    """

    kinds: tuple[str, ...] = EDGE_KINDS
    external: bool = True
    focus: tuple[str, ...] = ()
    depth: int = 1
    collapse: tuple[str, ...] = ()
    only_cycles: bool = False


class Node(Struct, frozen=True):
    """A module, a package that stands for several modules, or an external package."""

    name: str
    modules: int = 1
    external: bool = False
    cyclic: bool = False
    package: bool = False


class Edge(Struct, frozen=True):
    """All imports of one node by another; ``cyclic`` where both are in one import cycle."""

    importer: str
    imported: str
    imports: tuple[Import, ...]
    cyclic: bool = False

    @property
    def weight(self) -> int:
        """The number of imports."""
        return len(self.imports)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the imports, sorted; ``eager`` for those without a flag."""
        return tuple(sorted({kind for row in self.imports for kind in flag_names(row.flags) or ["eager"]}))

    @property
    def strength(self) -> str:
        """``import-time``, ``deferred`` or ``type-checking``: the strongest of its imports."""
        kinds = [flag_names(row.flags) for row in self.imports]
        if all("type-checking" in kind for kind in kinds):
            return "type-checking"
        late = {"type-checking", "deferred", "lazy"}
        return "deferred" if all(late.intersection(kind) for kind in kinds) else "import-time"


class View(Struct, frozen=True):
    """Nodes by name and edges by importer and imported; no self-loops."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def look(graph: ModuleGraph, lens: Lens) -> View:
    """Return what *lens* shows of *graph*: kinds and focus first, then collapsed, then the cycles.

    Raises ArchlintError where ``focus`` or ``collapse`` names no module.
    """
    rows = _rows(graph, lens)
    names: set[str] = {*graph.names, *(imported for _, imported in rows)}
    if lens.focus:
        names, pairs = in_focus(graph, rows, lens.focus, lens.depth)
        rows = {pair: found for pair, found in rows.items() if pair in pairs}
    homes = grouping(graph, names, lens.collapse)
    return _view(graph, homes, _collapsed(rows, homes), only_cycles=lens.only_cycles)


def _rows(graph: ModuleGraph, lens: Lens) -> Rows:
    refused = ~kinds_mask(lens.kinds)
    found: Rows = {}
    for row in (*graph.imports, *(graph.externals if lens.external else ())):
        if not row.flags & refused and row.importer != row.imported:
            found.setdefault((row.importer, row.imported), []).append(row)
    return found


def _collapsed(rows: Rows, homes: Mapping[str, str]) -> Rows:
    found: Rows = {}
    for (importer, imported), imports in rows.items():
        pair = (homes[importer], homes[imported])
        if pair[0] != pair[1]:
            found.setdefault(pair, []).extend(imports)
    return found


def _view(graph: ModuleGraph, homes: Mapping[str, str], rows: Rows, *, only_cycles: bool) -> View:
    counts: dict[str, int] = {}
    for home in homes.values():
        counts[home] = counts.get(home, 0) + 1
    circle = _circles(sorted(counts), rows)
    edges = [Edge(*pair, tuple(rows[pair]), cyclic=_in_circle(circle, pair)) for pair in sorted(rows)]
    kept = tuple(edge for edge in edges if edge.cyclic or not only_cycles)
    return View(tuple(_nodes(graph, counts, circle, only_cycles=only_cycles)), kept)


def _in_circle(circle: Mapping[str, int], pair: Pair) -> bool:
    return pair[0] in circle and circle[pair[0]] == circle.get(pair[1])


def _nodes(
    graph: ModuleGraph, counts: Mapping[str, int], circle: Mapping[str, int], *, only_cycles: bool
) -> Iterator[Node]:
    inside = {*graph.names, *(top for name in graph.names for top in _above(name))}
    for name in sorted(counts):
        if name in circle or not only_cycles:
            module = graph.modules.get(name)
            package = module.package if module else name in inside
            yield Node(name, counts[name], name not in inside, name in circle, package)


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _circles(names: list[str], rows: Iterable[Pair]) -> dict[str, int]:
    """Return for each name in an import cycle the number of its cycle."""
    index = {name: number for number, name in enumerate(names)}
    edges = Adjacency(len(names), ((index[importer], index[imported]) for importer, imported in rows))
    return {names[node]: number for number, part in enumerate(components(edges)) for node in part}


def narrowed(graph: ModuleGraph, view: View) -> ModuleGraph:
    """Return the part of *graph* that an uncollapsed *view* of it shows."""
    names = {node.name for node in view.nodes if not node.external}
    kept = {id(row) for edge in view.edges for row in edge.imports}
    return ModuleGraph(
        {name: graph.modules[name] for name in graph.names if name in names},
        filter(lambda row: id(row) in kept, graph.imports),
        filter(lambda row: id(row) in kept, graph.externals),
        filter(lambda row: row.importer in names, graph.unresolved),
    )
