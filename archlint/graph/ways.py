"""Chains of imports from one part to another, inside the project or out of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.graph.adjacency import Adjacency
from archlint.graph.cost import removal_cost
from archlint.graph.modulegraph import kinds_mask
from archlint.model import Import, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph

Edge = tuple[int, int]


class Ways:
    """The imports of a graph that count among *kinds*, and an external package as one node more.

    ``outside`` are the imports of that package (none: there is no such node) and *name* is its name.
    """

    def __init__(
        self, graph: ModuleGraph, kinds: Iterable[str], outside: Iterable[Import] = (), name: str = ""
    ) -> None:
        self._graph = graph
        self._kinds = tuple(kinds)
        self._name = name
        self._outside: dict[int, list[Import]] = {}
        refused = ~kinds_mask(self._kinds)
        for row in outside:
            if not row.flags & refused:
                self._outside.setdefault(graph.index[row.importer], []).append(row)
        self.beyond = len(graph.names)
        self.adjacency = self._extended() if self._outside else graph.edges(self._kinds)

    def _extended(self) -> Adjacency:
        inner = self._graph.edges(self._kinds)
        return Adjacency(self.beyond + 1, (*inner.edges(), *((tail, self.beyond) for tail in self._outside)))

    def imports(self, edge: Edge) -> tuple[Import, ...]:
        """Return the imports behind *edge*, by place."""
        tail, head = edge
        if head == self.beyond:
            return tuple(self._outside[tail])
        return self._graph.details(self._graph.names[tail], self._graph.names[head], self._kinds)

    def cost(self, edge: Edge) -> int:
        """Return what it costs to remove *edge* (see ``cost``)."""
        return removal_cost(self.imports(edge))

    def step(self, edge: Edge) -> Step:
        """Return *edge* as a step with its first place."""
        row = self.imports(edge)[0]
        imported = self._name if edge[1] == self.beyond else row.imported
        return Step(row.importer, imported, row.path, row.line)

    def chains(self, sources: Collection[int], targets: Collection[int], most: int) -> Iterator[list[Edge]]:
        """Yield up to *most* chains from *sources* to *targets* that share no import, shortest first."""
        used: set[Edge] = set()
        for _ in range(most):
            path = _shortest(self.adjacency, sources, targets, used)
            if path is None:
                return
            edges = list(pairwise(path))
            used.update(edges)
            yield edges


def _shortest(
    graph: Adjacency, sources: Collection[int], targets: Collection[int], used: Collection[Edge]
) -> list[int] | None:
    """Return a shortest path without *used* edges and with no inner node in either set, or None."""
    if not used:
        return graph.shortest_path(sources, targets)
    rest = Adjacency(graph.size, (edge for edge in graph.edges() if edge not in used))
    return rest.shortest_path(sources, targets)


def both_ends(graph: ModuleGraph, source: str, target: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the modules of *source* and of *target*, each with all below it, as disjoint sets.

    Where one lies inside the other, the outer one stands for the rest of it.
    """
    near, far = frozenset(graph.subtree(source)), frozenset(graph.subtree(target))
    return near - far or near, far - near or far
