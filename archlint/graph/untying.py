"""Which single edges hold cycles together: how many nodes leave every cycle when one is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import components
from archlint.graph.gains import Gain, any_edge, reach_without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archlint.graph.gains import Edge

LARGEST = 3_000


def best_untyings(graph: Adjacency, most: int = 3, able: Callable[[Edge], bool] = any_edge) -> list[Gain]:
    """Return up to *most* edges whose removal frees most nodes from cycles, the best first.

    A gain is a share of all nodes. Only an edge without which its ends are no longer on one cycle frees any
    (a strong bridge: Italiano, Laura, Santaroni 2012). Components of over ``LARGEST`` edges are left out,
    and edges that are not *able* to go.
    """
    found = [gain for nodes in components(graph) for gain in _untyings(graph, nodes, able)]
    return sorted(found, key=lambda one: (-one.gain, one.edge))[:most]


def _untyings(graph: Adjacency, nodes: list[int], able: Callable[[Edge], bool]) -> Iterator[Gain]:
    part = _alone(graph, nodes)
    if part.edge_count > LARGEST:
        return
    for edge in part.edges():
        if not able((nodes[edge[0]], nodes[edge[1]])) or edge[1] in reach_without(part, edge[0], edge):
            continue
        freed = len(nodes) - _cyclic_without(part, edge)
        if freed:
            yield Gain((nodes[edge[0]], nodes[edge[1]]), freed / graph.size)


def _alone(graph: Adjacency, nodes: list[int]) -> Adjacency:
    """Return the graph among *nodes*, by numbers of their own: what is done in it costs what they do."""
    number = {node: place for place, node in enumerate(nodes)}
    pairs = ((tail, head) for tail in nodes for head in graph.successors[tail] if head in number)
    return Adjacency(len(nodes), ((number[tail], number[head]) for tail, head in pairs))


def _cyclic_without(graph: Adjacency, edge: Edge) -> int:
    """Return how many nodes are on cycles where *edge* is not there."""
    rest = Adjacency(graph.size, (one for one in graph.edges() if one != edge))
    return sum(map(len, components(rest)))
