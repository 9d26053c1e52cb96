"""Import cycles as people need them: who is in it, one short way round, and the cheapest way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import IMPORT_TIME
from archlint.graph.cycles import components, shortest_cycle
from archlint.graph.untangling import cheapest_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.reexports import Exports
    from archlint.model import Import, Step


class Circle(Struct, frozen=True):
    """A strongly connected component of two or more modules.

    ``chain`` is a shortest way round, ``breaks`` the edges of the cheapest set whose removal leaves no
    circle, as rows of the graph, an edge's rows together; ``cost`` is what taking them out costs.
    ``instead`` has, for each break, the modules to import the same names from, where that is all it takes.
    """

    modules: tuple[str, ...]
    chain: tuple[Step, ...]
    breaks: tuple[tuple[Import, ...], ...]
    cost: int
    instead: tuple[tuple[str, ...], ...] = ()


def circles(
    graph: ModuleGraph, kinds: Iterable[str] = IMPORT_TIME, exports: Exports = lambda _module: None
) -> list[Circle]:
    """Return the circles of *graph* over imports of these *kinds*, largest first, then by name.

    *exports* gives a module's ``__all__``, where it is known: what may be taken from elsewhere depends on it.
    """
    kinds = tuple(kinds)
    edges = graph.edges(kinds)
    found = [_circle(graph, edges, kinds, component, exports) for component in components(edges)]
    return sorted(found, key=lambda circle: (-len(circle.modules), circle.modules))


def _circle(
    graph: ModuleGraph, edges: Adjacency, kinds: tuple[str, ...], component: list[int], exports: Exports
) -> Circle:
    breaks = cheapest_breaks(graph, edges, kinds, component, exports)
    cycle = shortest_cycle(edges, component)
    return Circle(
        tuple(graph.names[node] for node in component),
        graph.steps([*cycle, cycle[0]], kinds),
        tuple(each.imports for each in breaks),
        sum(each.cost for each in breaks),
        tuple(each.instead for each in breaks),
    )
