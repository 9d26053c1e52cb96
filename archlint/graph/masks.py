"""Bit masks that grow backwards along edges: which of a few goals every node reaches."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.graph.adjacency import Adjacency


def reach_masks(graph: Adjacency, goals: Mapping[int, Iterable[int]]) -> list[int]:
    """Return for each node the mask of *goals* (bit number: nodes) that it reaches or is in."""
    masks = [0] * graph.size
    for bit, nodes in goals.items():
        for node in nodes:
            masks[node] |= 1 << bit
    spread(graph, masks, bytearray(b"\1") * graph.size)
    return masks


def spread(graph: Adjacency, masks: list[int], passable: bytearray) -> None:
    """Let every mask grow into the *passable* importers of its node until nothing changes.

    A node is queued again only when its mask grew, hence at most once for each bit.
    """
    predecessors = graph.predecessors
    queue = deque(node for node, mask in enumerate(masks) if mask)
    queued = bytearray(graph.size)
    for node in queue:
        queued[node] = 1
    while queue:
        node = queue.popleft()
        queued[node] = 0
        mask = masks[node]
        growing = [tail for tail in predecessors[node] if passable[tail] and mask & ~masks[tail]]
        for tail in growing:
            masks[tail] |= mask
            if not queued[tail]:
                queued[tail] = 1
                queue.append(tail)


def union(masks: list[int], nodes: Iterable[int]) -> int:
    """Return the mask of all goals that any of *nodes* reaches."""
    whole = 0
    for node in nodes:
        whole |= masks[node]
    return whole
