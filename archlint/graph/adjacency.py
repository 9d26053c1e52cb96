"""Integer-indexed adjacency, and the searches that every contract needs.

Node numbers follow the sorted module names, so that visiting neighbours in ascending order makes
every search deterministic, and so that a package and its descendants are one range of numbers.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


class Adjacency:
    """A simple directed graph over ``range(size)``; parallel edges and self-loops are dropped."""

    def __init__(self, size: int, edges: Iterable[tuple[int, int]]) -> None:
        sets: list[set[int]] = [set() for _ in range(size)]
        for tail, head in edges:
            sets[tail].add(head)
        for node, heads in enumerate(sets):
            heads.discard(node)
        self.size = size
        self.successors: list[list[int]] = [sorted(heads) if heads else [] for heads in sets]

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """For each node those with an edge to it, ascending."""
        reverse: list[list[int]] = [[] for _ in range(self.size)]
        for tail, heads in enumerate(self.successors):
            for head in heads:
                reverse[head].append(tail)
        return reverse

    @cached_property
    def edge_count(self) -> int:
        """The number of edges."""
        return sum(map(len, self.successors))

    def edges(self) -> Iterable[tuple[int, int]]:
        """Yield every edge, ascending."""
        for tail, heads in enumerate(self.successors):
            for head in heads:
                yield tail, head

    def reachable(self, sources: Iterable[int], blocked: Collection[int] = ()) -> set[int]:
        """Return the nodes that can be reached from *sources*, themselves included, avoiding *blocked*."""
        return _flood(self.successors, sources, blocked)

    def reaching(self, targets: Iterable[int], blocked: Collection[int] = ()) -> set[int]:
        """Return the nodes from which *targets* can be reached, themselves included."""
        return _flood(self.predecessors, targets, blocked)

    def shortest_path(
        self, sources: Iterable[int], targets: Collection[int], blocked: Collection[int] = ()
    ) -> list[int] | None:
        """Return a shortest path from any source to any target, both ends included, or None.

        The path has at least one edge. Inner nodes are neither sources nor targets nor *blocked*.
        Among equally short paths the one found first in ascending order is taken.
        """
        parents: dict[int, int] = {}
        frontier = sorted(set(sources))
        closed = set(frontier)
        closed.update(blocked)
        while frontier:
            following: list[int] = []
            for node in frontier:
                heads = self.successors[node]
                last = None if node in targets else next((head for head in heads if head in targets), None)
                if last is not None:
                    return _unwind(parents, node, last)
                fresh = [head for head in heads if head not in closed]
                closed.update(fresh)
                parents.update(dict.fromkeys(fresh, node))
                following += fresh
            frontier = following
        return None

    def shortest_paths(
        self, sources: Iterable[int], targets: Collection[int], blocked: Collection[int] = ()
    ) -> Iterator[list[int]]:
        """Yield a shortest path from any source to each target that can be reached, the nearest target first.

        No path leads through *blocked* nodes or back into the sources; each may lead through other targets.
        """
        parents: dict[int, int] = {}
        frontier = sorted(set(sources))
        closed = set(frontier)
        closed.update(blocked)
        while frontier:
            following: list[int] = []
            for node in frontier:
                fresh = [head for head in self.successors[node] if head not in closed]
                closed.update(fresh)
                parents.update(dict.fromkeys(fresh, node))
                following += fresh
            for node in sorted(set(following).intersection(targets)):
                yield _unwind(parents, parents[node], node)
            frontier = following


def _flood(neighbours: list[list[int]], starts: Iterable[int], blocked: Collection[int]) -> set[int]:
    seen = set(starts)
    seen.difference_update(blocked)
    stack = list(seen)
    closed = seen.union(blocked)
    while stack:
        for head in neighbours[stack.pop()]:
            if head not in closed:
                closed.add(head)
                seen.add(head)
                stack.append(head)
    return seen


def _unwind(parents: dict[int, int], node: int, last: int) -> list[int]:
    path = [last, node]
    while node in parents:
        node = parents[node]
        path.append(node)
    return path[::-1]
