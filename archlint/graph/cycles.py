"""Strongly connected components and shortest cycles.

The components are Tarjan's (1972), written without recursion; networkx has the same algorithm,
and the tests hold ours against it, but loading networkx would cost every run 0.1 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.adjacency import Adjacency


def components(graph: Adjacency) -> list[list[int]]:
    """Return the strongly connected components of two or more nodes, each ascending, sorted."""
    return sorted(sorted(part) for part in all_components(graph) if len(part) > 1)


def all_components(graph: Adjacency) -> list[list[int]]:
    """Return every strongly connected component, in reverse topological order (imported first)."""
    search = _Tarjan(graph)
    for root in range(graph.size):
        if root not in search.order:
            search.explore(root)
    return search.found


class _Tarjan:
    def __init__(self, graph: Adjacency) -> None:
        self.order: dict[int, int] = {}
        self.found: list[list[int]] = []
        self._successors = graph.successors
        self._low: dict[int, int] = {}
        self._stack: list[int] = []
        self._on_stack = bytearray(graph.size)

    def explore(self, root: int) -> None:
        """Visit all that *root* reaches and nothing visited before did."""
        work = [self._enter(root)]
        while work:
            node, heads = work[-1]
            fresh = self._next(node, heads)
            if fresh is not None:
                work.append(self._enter(fresh))
                continue
            work.pop()
            if work:
                parent = work[-1][0]
                self._low[parent] = min(self._low[parent], self._low[node])
            if self._low[node] == self.order[node]:
                self.found.append(self._component(node))

    def _enter(self, node: int) -> tuple[int, Iterator[int]]:
        self.order[node] = self._low[node] = len(self.order)
        self._stack.append(node)
        self._on_stack[node] = 1
        return node, iter(self._successors[node])

    def _next(self, node: int, heads: Iterator[int]) -> int | None:
        """Return the next successor of *node* that is new; lower its link for those on the stack."""
        for head in heads:
            if head not in self.order:
                return head
            if self._on_stack[head]:
                self._low[node] = min(self._low[node], self.order[head])
        return None

    def _component(self, node: int) -> list[int]:
        part: list[int] = []
        while not part or part[-1] != node:
            part.append(self._stack.pop())
            self._on_stack[part[-1]] = 0
        return part


def shortest_cycle(graph: Adjacency, component: list[int]) -> list[int]:
    """Return a shortest cycle inside *component*, from its smallest node, that node not repeated.

    Each search is cut at the length of the best cycle so far, so that a dense component, where a
    cycle of two is found at once, costs little more than its edges.
    """
    inside = set(component)
    best: list[int] = []
    for start in component:
        cycle = _cycle_through(graph, start, inside, len(best) - 1 if best else len(component))
        if cycle:
            best = cycle
        if len(best) == 2:  # none is shorter: self-loops are dropped
            break
    pivot = best.index(min(best))
    return best[pivot:] + best[:pivot]


def _cycle_through(graph: Adjacency, start: int, inside: set[int], limit: int) -> list[int]:
    """Return a shortest cycle through *start* of at most *limit* nodes, or an empty list."""
    parents: dict[int, int] = {start: start}
    frontier = [start]
    for _ in range(limit):
        following: list[int] = []
        for node in frontier:
            heads = graph.successors[node]
            if start in heads:
                return _back(parents, node, start)
            fresh = [head for head in heads if head in inside and head not in parents]
            parents.update(dict.fromkeys(fresh, node))
            following += fresh
        frontier = following
    return []


def _back(parents: dict[int, int], node: int, start: int) -> list[int]:
    path = [node]
    while path[-1] != start:
        path.append(parents[path[-1]])
    return path[::-1]
