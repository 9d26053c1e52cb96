"""Which regions of a graph lead to which others: the search behind layers and independence.

A region is a range of node numbers (a package with its descendants); regions are disjoint. A chain
from one region to another passes only through free nodes, those of no region.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.chains import trail
from archlint.graph.masks import spread, union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.graph.adjacency import Adjacency


class Breach(Struct, frozen=True):
    """A path from region ``source`` to region ``target``, whose last node is in ``target``.

    Two nodes are a direct import; more are one shortest chain through free nodes.
    """

    source: int
    target: int
    path: tuple[int, ...]


def breaches(graph: Adjacency, regions: Sequence[range], refused: Sequence[int]) -> list[Breach]:
    """Return every direct edge, and one shortest chain, between regions that *refused* forbids.

    ``refused`` holds a bit mask for each region: bit *t* of ``refused[s]`` forbids that *s* reaches *t*.
    The chain for a pair is a shortest one through at least one free node, the first in ascending order.
    """
    owner = _owners(graph.size, regions)
    found: list[Breach] = []
    reach: list[int] | None = None
    for source, region in enumerate(regions):
        if not refused[source]:
            continue
        doors = _direct(graph, source, region, owner, refused[source], found)
        if not doors:
            continue
        if reach is None:
            reach = _reach(graph, owner)
        wanted = refused[source] & union(reach, doors)
        if wanted:
            found.extend(_chains(graph, source, region, owner, wanted))
    return found


def _owners(size: int, regions: Sequence[range]) -> list[int]:
    """Return for each node the number of its region, or -1."""
    owner = [-1] * size
    for number, region in enumerate(regions):
        owner[region.start : region.stop] = [number] * len(region)
    return owner


def _direct(
    graph: Adjacency, source: int, region: range, owner: list[int], refused: int, found: list[Breach]
) -> set[int]:
    """Append the direct breaches of *region* to *found*; return the free nodes that it imports."""
    doors: set[int] = set()
    for tail in region:
        for head in graph.successors[tail]:
            target = owner[head]
            if target < 0:
                doors.add(head)
            elif refused >> target & 1:
                found.append(Breach(source, target, (tail, head)))
    return doors


def _reach(graph: Adjacency, owner: list[int]) -> list[int]:
    """Return for each free node the mask of regions that it reaches through free nodes."""
    masks = [
        0 if region >= 0 else _touched(graph.successors[node], owner) for node, region in enumerate(owner)
    ]
    spread(graph, masks, bytearray(region < 0 for region in owner))
    return masks


def _touched(heads: list[int], owner: list[int]) -> int:
    """Return the mask of the regions that *heads* lie in."""
    mask = 0
    for head in heads:
        if owner[head] >= 0:
            mask |= 1 << owner[head]
    return mask


def _chains(graph: Adjacency, source: int, region: range, owner: list[int], wanted: int) -> list[Breach]:
    """Return one shortest chain through free nodes from *region* to each *wanted* region."""
    parents: dict[int, int] = {}
    for tail in region:
        fresh = _fresh(graph.successors[tail], owner, parents)
        parents.update(dict.fromkeys(fresh, tail))
    queue = deque(parents)
    found: list[Breach] = []
    while queue and wanted:
        node = queue.popleft()
        for head in graph.successors[node]:
            if owner[head] >= 0 and wanted >> owner[head] & 1:
                wanted &= ~(1 << owner[head])
                found.append(Breach(source, owner[head], (*trail(parents, node), head)))
        fresh = _fresh(graph.successors[node], owner, parents)
        parents.update(dict.fromkeys(fresh, node))
        queue.extend(fresh)
    return found


def _fresh(heads: list[int], owner: list[int], parents: dict[int, int]) -> list[int]:
    """Return the free ones of *heads* that the search has not seen."""
    return [head for head in heads if owner[head] < 0 and head not in parents]
