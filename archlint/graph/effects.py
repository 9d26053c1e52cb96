"""How far a change reaches: from changed modules against the imports, to all that may behave otherwise.

Besides what import statements say, an import runs the ``__init__`` of every package above its target; and
what a program starts with runs those of its own packages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from archlint.facts import Flag
from archlint.graph.adjacency import Adjacency
from archlint.graph.expressions import prefixes
from archlint.graph.implicit import parent_causes

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import

How = Literal["import", "package", "below", "conftest"]
Edge = tuple[int, int]


class Hop(Struct, frozen=True):
    """One step from a reached module towards the change, and what makes it one.

    ``import``: *importer* imports *imported*. ``package``: its import at that place runs the package
    *imported* first. ``below``: it lies in that package. ``conftest``: pytest loads that file before it.
    """

    importer: str
    imported: str
    how: How
    path: str | None = None
    line: int = 1


class Reach(Struct, frozen=True):
    """The nodes that a change reaches: for each its distance and the next node on the way to the change.

    ``plain`` are those that import statements alone lead to. The changed ones have distance 0.
    """

    distance: dict[int, int]
    following: dict[int, int]
    plain: frozenset[int]


class Effects:
    """The edges along which a change takes effect, over one graph and the imports of some *kinds*.

    *entries* are modules that a program starts with (test files, scripts): their own packages run before
    them. *loads* are pairs of a test file and a ``conftest.py`` that pytest loads for it. Without *parents*,
    packages have no say.
    """

    def __init__(
        self,
        graph: ModuleGraph,
        kinds: Iterable[str],
        *,
        entries: Iterable[str] = (),
        loads: Iterable[tuple[str, str]] = (),
        parents: bool = True,
    ) -> None:
        self._graph = graph
        self._kinds = tuple(kinds)
        self._parents = parents
        self.plain = graph.edges(self._kinds)
        self._others: dict[Edge, How] = {}
        index = graph.index
        for tail, head in loads:
            self._others[index[tail], index[head]] = "conftest"
        self._causes: Mapping[Edge, Import] = {}
        if parents:
            self._add_parents(entries)

    def _add_parents(self, entries: Iterable[str]) -> None:
        index, explicit = self._graph.index, set(self.plain.edges())
        running = [kind for kind in self._kinds if kind != "type-checking"]
        self._causes = parent_causes(self._graph, explicit, running)
        for name in entries:
            for package in prefixes(name)[:-1]:
                if package in index and (index[name], index[package]) not in explicit:
                    self._others.setdefault((index[name], index[package]), "below")

    def edges(self, changed: Collection[str] = ()) -> Adjacency:
        """Return all edges; what lies below one of the packages *changed* is loaded after it."""
        return self._extended(self._below(changed))

    def _extended(self, below: Iterable[Edge]) -> Adjacency:
        return Adjacency(self.plain.size, (*self.plain.edges(), *self._causes, *self._others, *below))

    def _below(self, changed: Iterable[str]) -> Iterator[Edge]:
        if not self._parents:
            return
        for name in changed:
            package = self._graph.index[name]
            yield from ((number, package) for number in self._graph.subtree(name)[1:])

    def reach(self, changed: Collection[str]) -> Reach:
        """Return what a change of the modules *changed* reaches, itself included."""
        starts = sorted(self._graph.index[name] for name in changed)
        distance: dict[int, int] = {}
        following: dict[int, int] = {}
        _spread(self.plain, dict.fromkeys(starts, 0), distance, following)
        plain = frozenset(distance)
        _spread(self.edges(changed), dict(distance), distance, following)
        return Reach(distance, following, plain)

    def hop(self, tail: int, head: int) -> Hop:
        """Return an edge as a hop, at its first place."""
        names = self._graph.names
        rows = self._graph.details(names[tail], names[head], self._kinds)
        # An import that runs says more than one for type checkers.
        row = next((row for row in rows if not row.flags & Flag.TYPE_CHECKING), rows[0] if rows else None)
        if row is not None:
            return Hop(names[tail], names[head], "import", row.path, row.line)
        cause = self._causes.get((tail, head))
        if cause is not None:
            return Hop(names[tail], names[head], "package", cause.path, cause.line)
        how = self._others.get((tail, head), "below")
        return Hop(names[tail], names[head], how, self._graph.modules[names[tail]].path)


def _spread(
    edges: Adjacency, frontier: Mapping[int, int], distance: dict[int, int], following: dict[int, int]
) -> None:
    """Extend *distance* and *following* breadth first from nodes that have their distance already.

    Ties go to the first in ascending order.
    """
    waiting: dict[int, list[int]] = {}
    for node, steps in frontier.items():
        distance[node] = steps
        waiting.setdefault(steps, []).append(node)
    steps = 0
    while waiting:
        for tail, node in _inward(edges, sorted(waiting.pop(steps, ())), distance):
            distance[tail] = steps + 1
            following[tail] = node
            waiting.setdefault(steps + 1, []).append(tail)
        steps += 1


def _inward(edges: Adjacency, nodes: Iterable[int], known: Container[int]) -> Iterator[Edge]:
    """Yield the edges into *nodes* from those that are not *known* by then."""
    for node in nodes:
        yield from ((tail, node) for tail in edges.predecessors[node] if tail not in known)
