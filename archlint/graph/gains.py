"""Which single imports spread change the furthest: what the propagation cost would be without each."""

from __future__ import annotations

from msgspec import Struct

from archlint.graph.adjacency import Adjacency
from archlint.graph.closure import measure_reach

Edge = tuple[int, int]
TRIED = 16


class Gain(Struct, frozen=True):
    """An edge, and by how much the propagation cost falls when it alone is removed."""

    edge: Edge
    gain: float


def best_removals(graph: Adjacency, most: int = 3) -> list[Gain]:
    """Return up to *most* edges whose removal lowers the propagation cost most, the best first.

    Only the ``TRIED`` most promising are tried: an edge promises what all who reach its importer reach
    through it, as far as the importer has no second way there.
    """
    before = measure_reach(graph).propagation_cost
    found = [Gain(edge, before - _without(graph, edge)) for edge in _promising(graph)]
    worth = sorted((one for one in found if one.gain > 0), key=lambda one: (-one.gain, one.edge))
    return worth[:most]


def _without(graph: Adjacency, edge: Edge) -> float:
    rest = Adjacency(graph.size, (other for other in graph.edges() if other != edge))
    return measure_reach(rest).propagation_cost


def _promising(graph: Adjacency) -> list[Edge]:
    """Return the edges with the most pairs of nodes that may need them."""
    rough = sorted(graph.edges(), key=lambda edge: (-_bound(graph, edge), edge))[: TRIED * 8]
    exact = {edge: _pairs(graph, edge) for edge in rough}
    return sorted(rough, key=lambda edge: (-exact[edge], edge))[:TRIED]


def _bound(graph: Adjacency, edge: Edge) -> float:
    """Return a first guess: an importer with many importers and few imports hangs on each of these."""
    tail, head = edge
    ways = len(graph.successors[tail]) * len(graph.predecessors[head])
    return (1 + len(graph.predecessors[tail])) * (1 + len(graph.successors[head])) / ways


def _pairs(graph: Adjacency, edge: Edge) -> int:
    """Return how many pairs of nodes lose every way, at most: exact where one way leads to *tail*."""
    tail, _ = edge
    through = graph.reachable([tail])
    left = reach_without(graph, tail, edge)
    return len(graph.reaching([tail])) * (len(through) - len(left))


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
