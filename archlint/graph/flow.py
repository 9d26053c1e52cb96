"""Maximum flow by Dinic's algorithm (1970), on a plain dictionary of capacities.

networkx has it too, but takes longer to import than most flows take to find.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Residual = dict[int, dict[int, int]]


def far_side(capacities: Mapping[tuple[int, int], int], start: int, goal: int) -> set[int]:
    """Return the nodes on the side of *goal* of the minimum cut, of several that nearest to *goal*.

    ``capacities`` are whole numbers from 0. The edges that lead into the result from outside are the cut.
    """
    residual: Residual = {start: {}, goal: {}}
    for (tail, head), capacity in capacities.items():
        residual.setdefault(tail, {})[head] = residual.get(tail, {}).get(head, 0) + capacity
        residual.setdefault(head, {}).setdefault(tail, 0)
    levels = _levels(residual, start)
    while goal in levels:
        _block(residual, levels, start, goal)
        levels = _levels(residual, start)
    return _reaching(residual, goal)


def _levels(residual: Residual, start: int) -> dict[int, int]:
    """Return how far each node that can still be reached is from *start*."""
    levels = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for head, left in residual[node].items():
            if left and head not in levels:
                levels[head] = levels[node] + 1
                queue.append(head)
    return levels


def _block(residual: Residual, levels: dict[int, int], start: int, goal: int) -> None:
    """Push flow along shortest ways until each of them has a full edge."""
    heads = {node: iter(tuple(residual[node])) for node in levels}
    path = [start]
    while path:
        node = path[-1]
        if node == goal:
            path = path[: _push(residual, path) + 1]
            continue
        ahead = next(
            (head for head in heads[node] if residual[node][head] and levels.get(head) == levels[node] + 1),
            None,
        )
        if ahead is not None:
            path.append(ahead)
            continue
        path.pop()
        levels[node] = -1


def _push(residual: Residual, path: list[int]) -> int:
    """Push what *path* takes; return the place in it of the first edge that is full then."""
    edges = list(pairwise(path))
    flow = min(residual[tail][head] for tail, head in edges)
    for tail, head in edges:
        residual[tail][head] -= flow
        residual[head][tail] += flow
    return next(place for place, (tail, head) in enumerate(edges) if not residual[tail][head])


def _reaching(residual: Residual, goal: int) -> set[int]:
    """Return the nodes from which more could still flow to *goal*."""
    seen, stack = {goal}, [goal]
    while stack:
        node = stack.pop()
        fresh = [tail for tail in residual[node] if tail not in seen and residual[tail][node]]
        seen.update(fresh)
        stack.extend(fresh)
    return seen
