"""Import cycles as people need them: who is in it, one short way round, and the cheapest way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import IMPORT_TIME
from archlint.graph.breaking import feedback_edges
from archlint.graph.cost import removal_cost
from archlint.graph.cycles import components, shortest_cycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import, Step


class Circle(Struct, frozen=True):
    """A strongly connected component of two or more modules.

    ``chain`` is a shortest way round, ``breaks`` the edges of the cheapest set whose removal leaves no
    circle, as rows of the graph, an edge's rows together; ``cost`` is what ``removal_cost`` says of them.
    """

    modules: tuple[str, ...]
    chain: tuple[Step, ...]
    breaks: tuple[tuple[Import, ...], ...]
    cost: int


def circles(graph: ModuleGraph, kinds: Iterable[str] = IMPORT_TIME) -> list[Circle]:
    """Return the circles of *graph* over imports of these *kinds*, largest first, then by name."""
    kinds = tuple(kinds)
    edges = graph.edges(kinds)
    found = [_circle(graph, edges, kinds, component) for component in components(edges)]
    return sorted(found, key=lambda circle: (-len(circle.modules), circle.modules))


def _circle(graph: ModuleGraph, edges: Adjacency, kinds: tuple[str, ...], component: list[int]) -> Circle:
    names = graph.names
    inside = set(component)
    rows = {
        (tail, head): graph.details(names[tail], names[head], kinds)
        for tail in component
        for head in edges.successors[tail]
        if head in inside
    }
    weights = {pair: removal_cost(imports) for pair, imports in rows.items()}
    breaks = feedback_edges(weights)
    cycle = shortest_cycle(edges, component)
    return Circle(
        tuple(names[node] for node in component),
        graph.steps([*cycle, cycle[0]], kinds),
        tuple(rows[pair] for pair in sorted(breaks, key=lambda pair: (weights[pair], pair))),
        sum(weights[pair] for pair in breaks),
    )
