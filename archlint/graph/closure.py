"""How far dependencies reach: the transitive closure, counted without listing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.cycles import all_components

if TYPE_CHECKING:
    from archlint.graph.adjacency import Adjacency

CHUNK = 1 << 14


class Reach(Struct, frozen=True):
    """System metrics of a graph of ``size`` nodes, R(v) being what node v reaches, itself included.

    ``ccd`` is Lakos's cumulative component dependency, the sum of all |R(v)| (Large-Scale C++ Software
    Design, 1996). ``largest`` is the size of the largest strongly connected component, ``cyclic`` the
    number of nodes in components of two or more, ``levels`` the nodes of a longest path through the
    graph with each component taken as one.
    """

    size: int
    ccd: int
    largest: int
    cyclic: int
    levels: int

    @property
    def propagation_cost(self) -> float:
        """The density of the closure with its diagonal (MacCormack, Rusnak, Baldwin 2006): CCD / n^2."""
        return self.ccd / self.size**2 if self.size else 0.0

    @property
    def core_size(self) -> float:
        """The share of nodes in the largest component (Baldwin, MacCormack, Rusnak 2014)."""
        return self.largest / self.size if self.size else 0.0

    @property
    def cyclicality(self) -> float:
        """The share of nodes in components of two or more."""
        return self.cyclic / self.size if self.size else 0.0

    @property
    def nccd(self) -> float:
        """CCD over that of a balanced binary tree of the same size, as ArchUnit computes Lakos's NCCD."""
        tree = sum(number.bit_length() for number in range(1, self.size + 1))
        return self.ccd / tree if tree else 0.0


def measure_reach(graph: Adjacency) -> Reach:
    """Return the system metrics of *graph*."""
    parts = all_components(graph)
    home = [0] * graph.size
    for number, part in enumerate(parts):
        for node in part:
            home[node] = number
    below = [
        sorted({home[head] for node in part for head in graph.successors[node]} - {number})
        for number, part in enumerate(parts)
    ]
    return Reach(
        size=graph.size,
        ccd=sum(_ccd(parts, below, range(start, start + CHUNK)) for start in range(0, graph.size, CHUNK)),
        largest=max(map(len, parts), default=0),
        cyclic=sum(len(part) for part in parts if len(part) > 1),
        levels=max(heights(below), default=0),
    )


def heights(below: list[list[int]]) -> list[int]:
    """Return for each node of an acyclic graph the nodes on its longest downward path, itself included.

    *below* lists each node's successors, which all have smaller numbers.
    """
    found: list[int] = []
    for heads in below:
        found.append(1 + max((found[head] for head in heads), default=0))
    return found


def _ccd(parts: list[list[int]], below: list[list[int]], window: range) -> int:
    """Sum, over all nodes, how many nodes of *window* each reaches.

    A component's reach is one integer with a bit for each node; the window bounds its length, so that
    memory grows with the number of components alone.
    """
    total = 0
    masks: list[int] = []
    for part, heads in zip(parts, below, strict=True):
        mask = 0
        for node in part:
            if node in window:
                mask |= 1 << (node - window.start)
        for head in heads:
            mask |= masks[head]
        masks.append(mask)
        total += len(part) * mask.bit_count()
    return total
