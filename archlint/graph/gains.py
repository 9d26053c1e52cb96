"""Which single imports spread change the furthest: what the propagation cost would be without each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.closure import Closure

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.graph.adjacency import Adjacency

Edge = tuple[int, int]
TRIED = 16


class Gain(Struct, frozen=True):
    """An edge, and by how much the propagation cost falls when it alone is removed."""

    edge: Edge
    gain: float


def any_edge(_edge: Edge) -> bool:
    """Let every edge be tried."""
    return True


def best_removals(graph: Adjacency, most: int = 3, able: Callable[[Edge], bool] = any_edge) -> list[Gain]:
    """Return up to *most* edges whose removal lowers the propagation cost most, the best first.

    Edges that are not *able* to go are left out. Only the ``TRIED`` most promising are tried: one promises
    what all who reach its importer reach through it, as far as the importer has no second way there.
    """
    closure = Closure(graph)
    before = closure.reach.propagation_cost
    worth: list[Gain] = []
    for edge, pairs in _promising(graph, able):
        # It cannot gain more than it promises, nor can those that follow.
        if len(worth) == most and pairs < round(worth[-1].gain * graph.size**2):
            break
        one = Gain(edge, before - closure.cost_without([edge]))
        worth = sorted((*worth, one), key=lambda each: (-each.gain, each.edge))[:most]
    return [one for one in worth if one.gain > 0]


def _promising(graph: Adjacency, able: Callable[[Edge], bool]) -> list[tuple[Edge, int]]:
    """Return the edges with the most pairs of nodes that may need them, and how many pairs those are."""
    rough = sorted(filter(able, graph.edges()), key=lambda edge: (-_bound(graph, edge), edge))[: TRIED * 8]
    ways = cache(lambda tail: (len(graph.reaching([tail])), len(graph.reachable([tail]))))
    exact = {edge: _pairs(graph, edge, *ways(edge[0])) for edge in rough}
    return sorted(exact.items(), key=lambda item: (-item[1], item[0]))[:TRIED]


def _bound(graph: Adjacency, edge: Edge) -> float:
    """Return a first guess: an importer with many importers and few imports hangs on each of these."""
    tail, head = edge
    ways = len(graph.successors[tail]) * len(graph.predecessors[head])
    return (1 + len(graph.predecessors[tail])) * (1 + len(graph.successors[head])) / ways


def _pairs(graph: Adjacency, edge: Edge, above: int, below: int) -> int:
    """Return how many pairs of nodes lose every way, at most: exact where one way leads to the importer.

    So many nodes as *above* says reach that, and it reaches as many as *below* says.
    """
    return above * (below - len(reach_without(graph, edge[0], edge)))


def reach_without(graph: Adjacency, start: int, edge: Edge) -> set[int]:
    """Return what *start* reaches, itself included, where *edge* is not there."""
    seen, stack = {start}, [start]
    while stack:
        node = stack.pop()
        for head in graph.successors[node]:
            if head not in seen and (node, head) != edge:
                seen.add(head)
                stack.append(head)
    return seen
