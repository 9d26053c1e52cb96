"""Chains of imports from one part to another, inside the project or out of it."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.facts import IMPORT_TIME
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
        self._refused = ~kinds_mask(self._kinds)
        self._outside = self._by_importer(outside)
        self.beyond = len(graph.names)
        self.adjacency = self._extended(self._kinds, self._outside)

    def _by_importer(self, outside: Iterable[Import]) -> dict[int, list[Import]]:
        rows: dict[int, list[Import]] = {}
        for row in outside:
            if not row.flags & self._refused:
                rows.setdefault(self._graph.index[row.importer], []).append(row)
        return rows

    def _extended(self, kinds: Iterable[str], importers: Iterable[int]) -> Adjacency:
        inner = self._graph.edges(kinds)
        more = [(tail, self.beyond) for tail in importers]
        return Adjacency(self.beyond + 1, (*inner.edges(), *more)) if more else inner

    @cached_property
    def _prompt(self) -> Adjacency:
        """The imports that run at import time."""
        late = ~kinds_mask(IMPORT_TIME)
        importers = [
            tail for tail, rows in self._outside.items() if any(not row.flags & late for row in rows)
        ]
        return self._extended([kind for kind in self._kinds if kind in IMPORT_TIME], importers)

    def imports(self, edge: Edge) -> tuple[Import, ...]:
        """Return the imports behind *edge*, by place."""
        tail, head = edge
        if head == self.beyond:
            return tuple(self._outside[tail])
        # The rows of one importer are few; an index of all edges would cost more than the answer.
        rows, imported = self._graph.rows_of(self._graph.names[tail]), self._graph.names[head]
        return tuple(row for row in rows if row.imported == imported and not row.flags & self._refused)

    def cost(self, edge: Edge) -> int:
        """Return what it costs to remove *edge* (see ``cost``)."""
        return removal_cost(self.imports(edge))

    def step(self, edge: Edge) -> Step:
        """Return *edge* as a step with its first place."""
        row = self.imports(edge)[0]
        imported = self._name if edge[1] == self.beyond else row.imported
        return Step(row.importer, imported, row.path, row.line)

    def chains(self, sources: Collection[int], targets: Collection[int], most: int) -> Iterator[list[Edge]]:
        """Yield up to *most* chains from *sources* to *targets* that share no import, shortest first.

        Among equally short ones a chain of imports that all run at import time comes first.
        """
        used: set[Edge] = set()
        for _ in range(most):
            path = _shortest(self.adjacency, sources, targets, used)
            if path is None:
                return
            prompt = _shortest(self._prompt, sources, targets, used)
            edges = list(pairwise(prompt if prompt is not None and len(prompt) == len(path) else path))
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
