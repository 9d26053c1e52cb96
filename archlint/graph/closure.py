"""How far dependencies reach: the transitive closure, counted without listing it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import all_components

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

CHUNK = 1 << 14
Edge = tuple[int, int]


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
        """The share of nodes in the largest component of two or more (Baldwin, MacCormack, Rusnak 2014)."""
        return self.largest / self.size if self.cyclic else 0.0

    @property
    def cyclicality(self) -> float:
        """The share of nodes in components of two or more."""
        return self.cyclic / self.size if self.size else 0.0

    @property
    def nccd(self) -> float:
        """CCD over that of a balanced binary tree of the same size, as ArchUnit computes Lakos's NCCD."""
        tree = sum(number.bit_length() for number in range(1, self.size + 1))
        return self.ccd / tree if tree else 0.0


class Closure:
    """The transitive closure of *graph*, by its components, and what it would be without some edges."""

    def __init__(self, graph: Adjacency) -> None:
        self._graph = graph
        self._parts = all_components(graph)
        self._home = _homes(self._parts, graph.size)
        self._below = [self._heads(part, self._home, ()) for part in self._parts]

    @cached_property
    def reach(self) -> Reach:
        """The system metrics."""
        parts = self._parts
        return Reach(
            size=self._graph.size,
            ccd=self._ccd(parts, self._below),
            largest=max(map(len, parts), default=0),
            cyclic=sum(len(part) for part in parts if len(part) > 1),
            levels=max(heights(self._below), default=0),
        )

    def cost_without(self, edges: Iterable[Edge]) -> float:
        """Return what the propagation cost would be without *edges*.

        Only components that lose an edge inside are searched again; the others stay as they are.
        """
        gone = frozenset(edges)
        within = {self._home[tail] for tail, head in gone if self._home[tail] == self._home[head]}
        split = {number: pieces for number in within if len(pieces := self._split(number, gone)) > 1}
        stale = {self._home[tail] for tail, _ in gone}
        if split:
            parts, below = self._below_split(split, stale, gone)
        else:
            parts, below = self._parts, list(self._below)
            for number in stale:
                below[number] = self._heads(parts[number], self._home, gone)
        return self._ccd(parts, below) / self._graph.size**2 if self._graph.size else 0.0

    def _split(self, number: int, gone: Collection[Edge]) -> list[list[int]]:
        """Return what is left of a component without the edges *gone*, imported first."""
        nodes = self._parts[number]
        places = {node: place for place, node in enumerate(nodes)}
        rest = Adjacency(
            len(nodes),
            (
                (places[node], places[head])
                for node in nodes
                for head in self._graph.successors[node]
                if head in places and (node, head) not in gone
            ),
        )
        return [[nodes[place] for place in piece] for piece in all_components(rest)]

    def _below_split(
        self, split: Mapping[int, list[list[int]]], stale: Collection[int], gone: Collection[Edge]
    ) -> tuple[list[list[int]], list[list[int]]]:
        """Return the components once those in *split* fell apart, and what each depends on."""
        cut = [
            (number, piece) for number, part in enumerate(self._parts) for piece in split.get(number, [part])
        ]
        parts = [piece for _, piece in cut]
        home = _homes(parts, self._graph.size)
        now = {origin: number for number, (origin, _) in enumerate(cut)}
        return parts, [
            self._heads(piece, home, gone)
            if origin in stale or not split.keys().isdisjoint(self._below[origin])
            else [now[head] for head in self._below[origin]]
            for origin, piece in cut
        ]

    def _heads(self, part: list[int], home: list[int], gone: Collection[Edge]) -> list[int]:
        """Return the components that *part* depends on by other edges than those *gone*."""
        own = home[part[0]]
        heads = {
            home[head] for node in part for head in self._graph.successors[node] if (node, head) not in gone
        }
        return sorted(heads - {own})

    def _ccd(self, parts: list[list[int]], below: list[list[int]]) -> int:
        windows = (range(start, start + CHUNK) for start in range(0, self._graph.size, CHUNK))
        return sum(_ccd(parts, below, window) for window in windows)


def _homes(parts: Iterable[list[int]], size: int) -> list[int]:
    """Return the number of the part that each of *size* nodes is in."""
    found = [0] * size
    for number, part in enumerate(parts):
        for node in part:
            found[node] = number
    return found


def measure_reach(graph: Adjacency) -> Reach:
    """Return the system metrics of *graph*."""
    return Closure(graph).reach


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
