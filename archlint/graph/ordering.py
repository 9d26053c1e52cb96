"""Layers as found: an order in which as few imports as possible run upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.breaking import feedback_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Pair = tuple[str, str]


class Arrangement(Struct, frozen=True):
    """Every name's level, 1 at the bottom, and the ordered pairs that run against the order, sorted.

    A name stands one level above the highest that it depends on, those pairs left aside.
    """

    levels: dict[str, int]
    upward: tuple[Pair, ...]


def arrange(names: Iterable[str], weights: Mapping[Pair, int]) -> Arrangement:
    """Put *names* into levels.

    ``weights`` holds, for each ordered pair with a dependency of the first on the second, how heavy it
    is: a positive integer. The pairs left aside form a feedback arc set of small weight; of two as light
    the one that leaves a ``__main__`` above what it imports.
    """
    order = sorted(names)
    number = {name: position for position, name in enumerate(order)}
    numbered = {
        (number[tail], number[head]): 2 * weight + (tail.rpartition(".")[2] == "__main__")
        for (tail, head), weight in weights.items()
    }
    upward = set(feedback_edges(numbered))
    heads: list[list[int]] = [[] for _ in order]
    for tail, head in numbered:
        if (tail, head) not in upward:
            heads[tail].append(head)
    found = _heights(heads)
    return Arrangement(
        {name: found[number[name]] for name in order},
        tuple(sorted((order[tail], order[head]) for tail, head in upward)),
    )


def _heights(heads: list[list[int]]) -> list[int]:
    """Return the nodes on each node's longest path in an acyclic graph (Kahn's order, from the bottom)."""
    tails: list[list[int]] = [[] for _ in heads]
    for tail, below in enumerate(heads):
        for head in below:
            tails[head].append(tail)
    left = [len(below) for below in heads]
    found = [1] * len(heads)
    ready = [node for node, count in enumerate(left) if not count]
    while ready:
        node = ready.pop()
        for tail in tails[node]:
            found[tail] = max(found[tail], found[node] + 1)
            left[tail] -= 1
            if not left[tail]:
                ready.append(tail)
    return found
