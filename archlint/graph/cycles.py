"""Strongly connected components and shortest cycles.

The components are Tarjan's (1972), written without recursion; networkx has the same algorithm,
and the tests hold ours against it, but loading networkx would cost every run 0.1 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.graph.adjacency import Adjacency


def components(graph: Adjacency) -> list[list[int]]:
    """Return the strongly connected components of two or more nodes, each ascending, sorted."""
    return sorted(sorted(part) for part in all_components(graph) if len(part) > 1)


def all_components(graph: Adjacency) -> list[list[int]]:
    """Return every strongly connected component, in reverse topological order (imported first)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack = bytearray(graph.size)
    found: list[list[int]] = []
    for root in range(graph.size):
        if root in order:
            continue
        work = [(root, iter(graph.successors[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack[root] = 1
        while work:
            node, heads = work[-1]
            for head in heads:
                if head not in order:
                    order[head] = low[head] = len(order)
                    stack.append(head)
                    on_stack[head] = 1
                    work.append((head, iter(graph.successors[head])))
                    break
                if on_stack[head]:
                    low[node] = min(low[node], order[head])
            else:
                work.pop()
                _close(node, work, order, low, stack, on_stack, found)
    return found


def _close(
    node: int,
    work: list[tuple[int, object]],
    order: dict[int, int],
    low: dict[int, int],
    stack: list[int],
    on_stack: bytearray,
    found: list[list[int]],
) -> None:
    """Leave *node*: hand its low link to its parent, and pop its component where it is the root."""
    if work:
        parent = work[-1][0]
        low[parent] = min(low[parent], low[node])
    if low[node] != order[node]:
        return
    part: list[int] = []
    while not part or part[-1] != node:
        part.append(stack.pop())
        on_stack[part[-1]] = 0
    found.append(part)


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
            for head in graph.successors[node]:
                if head == start:
                    return _back(parents, node, start)
                if head in inside and head not in parents:
                    parents[head] = node
                    following.append(head)
        frontier = following
    return []


def _back(parents: dict[int, int], node: int, start: int) -> list[int]:
    path = [node]
    while path[-1] != start:
        path.append(parents[path[-1]])
    return path[::-1]
