"""Shortest chains from one set of nodes to several others, through anything in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.adjacency import Adjacency


Targets = Mapping[int, Collection[int]]


def indirect_chains(
    graph: Adjacency, sources: Iterable[int], targets: Targets, gates: Targets = MappingProxyType({})
) -> dict[int, list[int]]:
    """Return for each key of *targets* a shortest chain from *sources* to its nodes, where there is one.

    Sources and targets are disjoint. A chain has an inner node, and none of its inner nodes is among
    the sources or that key's nodes. *gates*, whose keys are others, hold nodes from which one step more
    leads to a goal outside the graph: their chains end in such a node. Ties are broken in ascending order.
    """
    starts = sorted(sources)
    doors = {head for tail in starts for head in graph.successors[tail]}
    shared = {key: nodes for key, nodes in targets.items() if doors.isdisjoint(nodes)}
    found = _first_hits(graph, starts, _Goals(shared, gates), ()) if shared or gates else {}
    for key, nodes in targets.items():
        # Direct edges exist: without them, the way to these nodes must not lead through them.
        if key not in shared:
            found.update(_first_hits(graph, starts, _Goals({key: nodes}, {}), nodes))
    return found


class _Goals:
    """What a search looks for, by the node that is there."""

    def __init__(self, targets: Targets, gates: Targets) -> None:
        self.count = len(targets) + len(gates)
        self.at = _by_node(targets)
        self.behind = _by_node(gates)


def _by_node(targets: Targets) -> dict[int, list[int]]:
    keys: dict[int, list[int]] = {}
    for key, nodes in targets.items():
        for node in nodes:
            keys.setdefault(node, []).append(key)
    return keys


def _first_hits(
    graph: Adjacency, starts: list[int], goals: _Goals, barred: Collection[int]
) -> dict[int, list[int]]:
    """Search breadth first from *starts*; *barred* nodes end a chain and are never passed."""
    closed = bytearray(graph.size)
    for node in (*starts, *barred):
        closed[node] = 1
    parents: dict[int, int] = {}
    queue: deque[int] = deque()
    for node in starts:
        _visit(graph.successors[node], node, closed, parents, queue)
    found: dict[int, list[int]] = {}
    while queue and len(found) < goals.count:
        node = queue.popleft()
        for key in goals.behind.get(node, ()):
            found.setdefault(key, trail(parents, node))
        for head in graph.successors[node]:
            for key in goals.at.get(head, ()):
                found.setdefault(key, [*trail(parents, node), head])
        _visit(graph.successors[node], node, closed, parents, queue)
    return found


def _visit(
    heads: list[int], node: int, closed: bytearray, parents: dict[int, int], queue: deque[int]
) -> None:
    for head in heads:
        if not closed[head]:
            closed[head] = 1
            parents[head] = node
            queue.append(head)


def trail(parents: Mapping[int, int], node: int) -> list[int]:
    """Return the way to *node* from the first node before it that has no parent."""
    way = [node]
    while node in parents:
        node = parents[node]
        way.append(node)
    return way[::-1]
