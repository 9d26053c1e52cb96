"""A picture of the graph: what is left when it is focused, collapsed, or reduced to its cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import EDGE_KINDS, flag_names
from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import components
from archlint.graph.focus import in_focus
from archlint.graph.grouping import LAYER, REST, grouping
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
    ``collapse`` holds a depth, the word ``package`` or ``layer``, or modules that swallow all below them.
    """

    kinds: tuple[str, ...] = EDGE_KINDS
    external: bool = True
    focus: tuple[str, ...] = ()
    depth: int = 1
    collapse: tuple[str, ...] = ()
    only_cycles: bool = False
    only_breaches: bool = False


class Judged(Struct, frozen=True):
    """What contracts say of a graph.

    ``layers`` are the modules that head a layer, each with its level, 1 the highest. ``breaches`` has, by
    the ``id`` of an import, the names of the contracts that it breaks.
    """

    layers: dict[str, int] = {}
    breaches: dict[int, tuple[str, ...]] = {}


class Node(Struct, frozen=True):
    """A module, a package that stands for several modules, or an external package; of a layer its level."""

    name: str
    modules: int = 1
    external: bool = False
    cyclic: bool = False
    package: bool = False
    level: int | None = None


class Edge(Struct, frozen=True):
    """All imports of one node by another; ``cyclic`` where both are in one import cycle.

    ``contracts`` are those that they break, where the picture is of breaches.
    """

    importer: str
    imported: str
    imports: tuple[Import, ...]
    cyclic: bool = False
    contracts: tuple[str, ...] = ()

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


def look(graph: ModuleGraph, lens: Lens, judged: Judged | None = None) -> View:
    """Return what *lens* shows of *graph*: kinds and focus first, then collapsed, then cycles and breaches.

    *judged* is there where *lens* asks for layers or breaches. Raises ArchlintError where ``focus`` or
    ``collapse`` names no module.
    """
    judged = judged or Judged()
    rows = _rows(graph, lens)
    names: set[str] = {*graph.names, *(imported for _, imported in rows)}
    if lens.focus:
        names, pairs = in_focus(graph, rows, lens.focus, lens.depth)
        rows = {pair: found for pair, found in rows.items() if pair in pairs}
    homes = grouping(graph, names, lens.collapse, judged.layers)
    return _view(graph, homes, _collapsed(rows, homes), lens, judged)


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


def _view(graph: ModuleGraph, homes: Mapping[str, str], rows: Rows, lens: Lens, judged: Judged) -> View:
    counts: dict[str, int] = {}
    for home in homes.values():
        counts[home] = counts.get(home, 0) + 1
    circle = _circles(sorted(counts), rows)
    edges = [Edge(*pair, tuple(rows[pair]), cyclic=_in_circle(circle, pair)) for pair in sorted(rows)]
    if lens.only_breaches:
        edges, counts = _breaches(edges, counts, judged)
    if lens.only_cycles:
        edges = [edge for edge in edges if edge.cyclic]
        counts = {name: number for name, number in counts.items() if name in circle}
    levels = judged.layers if LAYER in lens.collapse else {}
    return View(tuple(_nodes(graph, counts, circle, levels)), tuple(edges))


def _breaches(
    edges: Iterable[Edge], counts: Mapping[str, int], judged: Judged
) -> tuple[list[Edge], dict[str, int]]:
    """Return the edges that break contracts, and of the nodes those that are their ends."""
    kept = [part for edge in edges if (part := _breaching(edge, judged)).imports]
    ends = {name for edge in kept for name in (edge.importer, edge.imported)}
    return kept, {name: counts[name] for name in ends}


def _breaching(edge: Edge, judged: Judged) -> Edge:
    """Return of *edge* the imports that break a contract, with the names of those contracts."""
    imports = tuple(row for row in edge.imports if id(row) in judged.breaches)
    names = sorted({name for row in imports for name in judged.breaches[id(row)]})
    return Edge(edge.importer, edge.imported, imports, edge.cyclic, tuple(names))


def _in_circle(circle: Mapping[str, int], pair: Pair) -> bool:
    return pair[0] in circle and circle[pair[0]] == circle.get(pair[1])


def _nodes(
    graph: ModuleGraph, counts: Mapping[str, int], circle: Mapping[str, int], levels: Mapping[str, int]
) -> Iterator[Node]:
    inside = {REST, *graph.names, *(top for name in graph.names for top in _above(name))}
    for name in sorted(counts):
        module = graph.modules.get(name)
        package = module.package if module else name in inside and name != REST
        yield Node(name, counts[name], name not in inside, name in circle, package, levels.get(name))


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _circles(names: list[str], rows: Iterable[Pair]) -> dict[str, int]:
    """Return for each name in an import cycle the number of its cycle; what is in no layer is no one part."""
    index = {name: number for number, name in enumerate(names)}
    pairs = (pair for pair in rows if REST not in pair)
    edges = Adjacency(len(names), ((index[importer], index[imported]) for importer, imported in pairs))
    return {names[node]: number for number, part in enumerate(components(edges)) for node in part}


def narrowed(graph: ModuleGraph, view: View, *, unresolved: bool = True) -> ModuleGraph:
    """Return the part of *graph* that an uncollapsed *view* of it shows, *unresolved* imports too."""
    names = {node.name for node in view.nodes if not node.external}
    kept = {id(row) for edge in view.edges for row in edge.imports}
    return ModuleGraph(
        {name: graph.modules[name] for name in graph.names if name in names},
        filter(lambda row: id(row) in kept, graph.imports),
        filter(lambda row: id(row) in kept, graph.externals),
        filter(lambda row: row.importer in names, graph.unresolved if unresolved else ()),
    )
