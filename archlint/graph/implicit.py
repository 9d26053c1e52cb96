"""What Python executes besides the imported module: the ``__init__`` of every package above it.

``import a.b.c`` runs ``a`` and ``a.b`` first (language reference 5.2). An importer's own packages are
left out: they are already running, or have run, when it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts import IMPORT_TIME
from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import components
from archlint.graph.modulegraph import kinds_mask
from archlint.model import Step

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import

Edge = tuple[int, int]


class ImportTime:
    """The edges that Python follows when modules are loaded.

    ``explicit`` are those of import statements, ``edges`` those and the packages above what they import;
    ``causes`` has, for each edge that no statement names, the first import that causes it.
    """

    def __init__(self, graph: ModuleGraph) -> None:
        self._graph = graph
        self.explicit = graph.edges(IMPORT_TIME)
        self.causes: Mapping[Edge, Import] = parent_causes(graph, set(self.explicit.edges()), IMPORT_TIME)
        self.edges = Adjacency(self.explicit.size, (*self.explicit.edges(), *self.causes))

    def step(self, tail: int, head: int) -> Step:
        """Return an edge as a step, at the import that causes it."""
        names = self._graph.names
        row = self.causes.get((tail, head))
        if row is None:
            return self._graph.step(names[tail], names[head], IMPORT_TIME)
        return Step(names[tail], names[head], row.path, row.line)

    def within(self, component: Iterable[int]) -> list[Edge]:
        """Return the edges between the nodes of *component*."""
        inside = set(component)
        return [(tail, head) for tail in inside for head in self.edges.successors[tail] if head in inside]


def hidden_circles(loads: ImportTime) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the components that are none of import statements alone, each with a circle.

    It is a shortest of those through a package that no statement names, from its smallest node.
    """
    plain = {tuple(part) for part in components(loads.explicit)}
    for component in components(loads.edges):
        if tuple(component) not in plain:
            cycle = _hidden_circle(loads, component)
            pivot = cycle.index(min(cycle))
            yield component, cycle[pivot:] + cycle[:pivot]


def _hidden_circle(loads: ImportTime, component: list[int]) -> list[int]:
    outside = set(range(loads.edges.size)).difference(component)
    best: list[int] = []
    for tail, head in sorted(edge for edge in loads.within(component) if edge in loads.causes):
        # Every edge inside a component lies on a circle.
        path = loads.edges.shortest_path([head], {tail}, outside)
        if path is not None and (not best or len(path) < len(best)):
            best = path
        if len(best) == 2:
            break
    return best


def parent_causes(graph: ModuleGraph, explicit: Container[Edge], kinds: Iterable[str]) -> dict[Edge, Import]:
    """Return the edges to packages above what is imported, less *explicit* ones, each with its first import.

    Only imports of *kinds* count.
    """
    late = ~kinds_mask(kinds)
    index = graph.index
    found: dict[Edge, Import] = {}
    for row in graph.imports:
        if row.flags & late:
            continue
        tail = index[row.importer]
        for package in _above(row.imported):
            head = index.get(package)
            if head is not None and not _holds(package, row.importer) and (tail, head) not in explicit:
                found.setdefault((tail, head), row)
    return found


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _holds(package: str, module: str) -> bool:
    return module == package or module.startswith(package + ".")
