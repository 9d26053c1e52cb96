"""The way out of a broken contract: the cheapest imports whose change leaves no chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import EDGE_KINDS
from archlint.graph.cost import removal_cost
from archlint.graph.flow import far_side

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph

Edge = tuple[int, int]
CHEAP = 20_000  # edges up to which a cut is found in well under a second


class Cut(Struct, frozen=True):
    """Edges, ascending, without which no chain is left, and what their change costs in all.

    ``exact`` is false where the graph was too large for a minimum and the edges are only sufficient.
    """

    edges: tuple[Edge, ...]
    cost: int
    exact: bool = True


def edge_costs(graph: ModuleGraph, kinds: Iterable[str] = EDGE_KINDS) -> Callable[[Edge], int]:
    """Return the function that tells what it costs to remove an edge of *graph* (see ``cost``)."""
    kinds = tuple(kinds)

    def cost(edge: Edge) -> int:
        importer, imported = (graph.names[node] for node in edge)
        return removal_cost(graph.details(importer, imported, kinds))

    return cost


def minimum_cut(
    graph: Adjacency,
    sources: Collection[int],
    targets: Collection[int],
    cost: Callable[[Edge], int],
    blocked: Collection[int] = (),
) -> Cut:
    """Return the edges of least total cost whose removal leaves no way from *sources* to *targets*.

    The sets are disjoint; ways through *blocked* nodes do not count. By max-flow/min-cut (Ford and
    Fulkerson 1956) on the part of the graph that lies on some way. Beyond ``CHEAP`` edges there the cut
    is the cheaper one of the edges out of the sources and those into the targets.
    """
    between = _between(graph, sources, targets, blocked)
    if not between:
        return Cut((), 0)
    costs = {edge: cost(edge) for edge in between}
    if len(between) > CHEAP:
        return _rim(costs, set(sources), set(targets))
    return _flow_cut(costs, set(sources), set(targets))


def _between(
    graph: Adjacency, sources: Collection[int], targets: Collection[int], blocked: Collection[int]
) -> list[Edge]:
    """Return the edges on ways from *sources* to *targets*, ascending; none inside either set."""
    ends = set(sources) | set(targets)
    shut = set(blocked) - ends
    ahead = graph.reachable(sources, shut)
    live = ahead & graph.reaching(targets, shut)
    starts, goals = set(sources), set(targets)
    return [
        (tail, head)
        for tail in sorted(live - goals)
        for head in graph.successors[tail]
        if head in live and head not in starts
    ]


def _rim(costs: dict[Edge, int], sources: set[int], targets: set[int]) -> Cut:
    near = [edge for edge in costs if edge[0] in sources]
    far = [edge for edge in costs if edge[1] in targets]
    best = min((near, far), key=lambda edges: sum(costs[edge] for edge in edges))
    return Cut(tuple(sorted(best)), sum(costs[edge] for edge in best), exact=False)


def _flow_cut(costs: dict[Edge, int], sources: set[int], targets: set[int]) -> Cut:
    """Find a maximum flow; sources and targets become one node each."""
    start, goal = -1, -2
    merged: dict[Edge, int] = {}
    members: dict[Edge, list[Edge]] = {}
    for edge, cost in costs.items():
        tail = start if edge[0] in sources else edge[0]
        head = goal if edge[1] in targets else edge[1]
        merged[tail, head] = merged.get((tail, head), 0) + cost
        members.setdefault((tail, head), []).append(edge)
    far = far_side(merged, start, goal)
    cut = [
        edge for (tail, head), edges in members.items() if tail not in far and head in far for edge in edges
    ]
    return Cut(tuple(sorted(cut)), sum(costs[edge] for edge in cut))
