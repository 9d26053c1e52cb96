"""The cheapest way to break a cycle: a weighted feedback arc set.

Exact for components of up to ``EXACT`` nodes (dynamic programming over subsets, Lawler 1964);
beyond that the greedy order of Eades, Lin and Smyth (1993), improved by moving single nodes to
their best place, and thinned until no edge of the set could be put back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Edge = tuple[int, int]
EXACT = 11
IMPROVE = 400


def feedback_edges(weights: Mapping[Edge, int]) -> list[Edge]:
    """Return edges, sorted, whose removal leaves no cycle in the graph that *weights* spans.

    ``weights`` holds every edge with its cost, a positive integer. No edge of the answer is needless:
    putting any one back would close a cycle. Its total cost is least where the graph has at most
    ``EXACT`` nodes.
    """
    nodes = sorted({node for edge in weights for node in edge})
    order = _exact_order(nodes, weights) if len(nodes) <= EXACT else _greedy_order(nodes, weights)
    if EXACT < len(nodes) <= IMPROVE:
        order = _improved(order, weights)
    place = {node: position for position, node in enumerate(order)}
    back = [edge for edge in weights if place[edge[0]] > place[edge[1]]]
    return sorted(_thinned(back, weights))


def _exact_order(nodes: list[int], weights: Mapping[Edge, int]) -> list[int]:
    """Return the order of *nodes* with the least total weight of backward edges."""
    number = {node: bit for bit, node in enumerate(nodes)}
    outgoing = [[0] * len(nodes) for _ in nodes]
    for (tail, head), weight in weights.items():
        outgoing[number[tail]][number[head]] = weight
    size = 1 << len(nodes)
    cost = [0] * size
    last = [-1] * size
    for chosen in range(1, size):
        cost[chosen], last[chosen] = min(
            (cost[chosen & ~(1 << bit)] + _into(outgoing[bit], chosen), bit)
            for bit in range(len(nodes))
            if chosen >> bit & 1
        )
    order: list[int] = []
    chosen = size - 1
    while chosen:
        order.append(nodes[last[chosen]])
        chosen &= ~(1 << last[chosen])
    return order[::-1]


def _into(row: list[int], chosen: int) -> int:
    """Return the weight of edges from one node to the *chosen* ones, all placed before it."""
    return sum(weight for bit, weight in enumerate(row) if weight and chosen >> bit & 1)


def _greedy_order(nodes: list[int], weights: Mapping[Edge, int]) -> list[int]:
    """Return Eades, Lin and Smyth's order: sources left, sinks right, else the largest surplus left."""
    out: dict[int, dict[int, int]] = {node: {} for node in nodes}
    into: dict[int, dict[int, int]] = {node: {} for node in nodes}
    for (tail, head), weight in weights.items():
        out[tail][head] = weight
        into[head][tail] = weight
    left: list[int] = []
    right: list[int] = []
    while out:
        node, side = _next(out, into, left, right)
        side.append(node)
        for head in out.pop(node):
            del into[head][node]
        for tail in into.pop(node):
            del out[tail][node]
    return left + right[::-1]


def _next(
    out: dict[int, dict[int, int]], into: dict[int, dict[int, int]], left: list[int], right: list[int]
) -> tuple[int, list[int]]:
    for node, heads in out.items():
        if not heads:
            return node, right
        if not into[node]:
            return node, left
    best = max(out, key=lambda node: (sum(out[node].values()) - sum(into[node].values()), -node))
    return best, left


def _improved(order: list[int], weights: Mapping[Edge, int]) -> list[int]:
    """Move single nodes to their cheapest place until no move helps (at most ten rounds)."""
    near: dict[int, set[int]] = {node: set() for node in order}
    for tail, head in weights:
        near[tail].add(head)
        near[head].add(tail)
    for _ in range(10):
        before = order
        for node in sorted(order):
            order = _moved(order, node, near[node], weights)
        if order == before:
            break
    return order


def _moved(order: list[int], node: int, near: set[int], weights: Mapping[Edge, int]) -> list[int]:
    """Return *order* with *node* where its edges cost least (its own place where that is as cheap)."""
    rest = [other for other in order if other != node]
    here = order.index(node)
    # Cost of standing first is the weight of edges into the node; passing a neighbour changes it.
    cost = sum(weights.get((other, node), 0) for other in near)
    costs = [cost]
    for other in rest:
        if other in near:
            cost += weights.get((node, other), 0) - weights.get((other, node), 0)
        costs.append(cost)
    best = min(costs)
    if costs[here] == best:
        return order
    spot = costs.index(best)
    return [*rest[:spot], node, *rest[spot:]]


def _thinned(back: Iterable[Edge], weights: Mapping[Edge, int]) -> list[Edge]:
    """Put back, dearest first, every edge of *back* that closes no cycle with those that stay."""
    removed = set(back)
    heads: dict[int, set[int]] = {}
    for tail, head in weights:
        if (tail, head) not in removed:
            heads.setdefault(tail, set()).add(head)
    for tail, head in sorted(removed, key=lambda edge: (-weights[edge], edge)):
        if not leads(heads, head, tail):
            heads.setdefault(tail, set()).add(head)
            removed.discard((tail, head))
    return list(removed)


def leads(heads: Mapping[int, set[int]], start: int, goal: int) -> bool:
    """Tell whether a path runs from *start* to *goal*; *heads* has the heads of each tail's edges."""
    stack, seen = [start], {start}
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        fresh = heads.get(node, set()) - seen
        seen |= fresh
        stack.extend(fresh)
    return False
