"""The cheapest way out of an import cycle, detours round facades included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.breaking import feedback_edges, leads
from archlint.graph.cost import removal_cost
from archlint.graph.reexports import definers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.reexports import Exports
    from archlint.model import Import

Edge = tuple[int, int]
DETOUR = 1
ATTEMPTS = 5


class Break(Struct, frozen=True):
    """An edge to be removed: its imports, what that costs, and modules to import from instead, if any."""

    edge: Edge
    imports: tuple[Import, ...]
    cost: int
    instead: tuple[str, ...] = ()


def cheapest_breaks(
    graph: ModuleGraph, edges: Adjacency, kinds: Iterable[str], component: list[int], exports: Exports
) -> list[Break]:
    """Return the edges of *component* whose removal leaves no circle, cheapest first, then ascending.

    An edge whose every name the imported module only passes on costs ``DETOUR``, however many they are:
    the same names are imported from where they are defined, and those new edges close no circle.
    """
    rows = _rows(graph, edges, tuple(kinds), component)
    detours = {edge: definers(graph, imports, exports) for edge, imports in rows.items()}
    detours = {edge: instead for edge, instead in detours.items() if instead}
    weights = {edge: removal_cost(imports) for edge, imports in rows.items()}
    priced, chosen = weights, []
    for attempt in range(ATTEMPTS):
        if attempt == ATTEMPTS - 1:
            detours = {}
        priced = weights | dict.fromkeys(detours, DETOUR)
        chosen = feedback_edges(priced)
        closing = _closing(graph, edges, component, chosen, detours)
        if not closing:
            break
        # A detour that would close another circle is none.
        for edge in closing:
            del detours[edge]
    found = [Break(edge, rows[edge], priced[edge], detours.get(edge, ())) for edge in chosen]
    return sorted(found, key=lambda each: (each.cost, each.edge))


def _rows(
    graph: ModuleGraph, edges: Adjacency, kinds: tuple[str, ...], component: list[int]
) -> dict[Edge, tuple[Import, ...]]:
    inside = set(component)
    return {
        (tail, head): graph.details(graph.names[tail], graph.names[head], kinds)
        for tail in component
        for head in edges.successors[tail]
        if head in inside
    }


def _closing(
    graph: ModuleGraph,
    edges: Adjacency,
    component: list[int],
    chosen: list[Edge],
    detours: Mapping[Edge, tuple[str, ...]],
) -> list[Edge]:
    """Return those of the *chosen* edges whose detour leads back to its importer."""
    gone = set(chosen)
    inside = set(component)
    heads = {
        tail: {head for head in edges.successors[tail] if head in inside and (tail, head) not in gone}
        for tail in component
    }
    closing = []
    for tail, head in chosen:
        for module in detours.get((tail, head), ()):
            target = graph.index[module]
            if target in inside and leads(heads, target, tail):
                closing.append((tail, head))
                break
            if target in inside:
                heads[tail].add(target)
    return closing
