"""Which regions would come to reach which others if one more edge were there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.adjacency import Adjacency
from archlint.graph.masks import spread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class Closing:
    """Answers for any two nodes which forbidden way an edge between them would close.

    ``refused`` holds a mask for each of the *sources*: bit *t* forbids a way to ``targets[t]``. With
    *walled* a way passes through no region, with *direct* it is one edge. All masks are computed once,
    in time linear in edges times regions; an answer is then a look-up.
    """

    def __init__(
        self,
        graph: Adjacency,
        sources: Sequence[Collection[int]],
        targets: Sequence[Collection[int]],
        refused: Sequence[int],
        *,
        walled: bool = False,
        direct: bool = False,
    ) -> None:
        self._refused = refused
        self.near, self.far = _marked(graph.size, sources), _marked(graph.size, targets)
        self._known: dict[tuple[int, int], bool] = {}
        if not direct:
            passable = bytearray(
                not (walled and (near or far)) for near, far in zip(self.near, self.far, strict=True)
            )
            spread(graph, self.far, passable)
            spread(_turned(graph), self.near, passable)

    def closes(self, tail: int, head: int) -> bool:
        """Return whether an edge from *tail* to *head* would let a source reach a target that it may not."""
        return self.breaks(self.near[tail], self.far[head])

    def breaks(self, near: int, far: int) -> bool:
        """Return whether any source in the mask *near* may not reach any target in the mask *far*."""
        if not near or not far:
            return False
        if (near, far) not in self._known:
            self._known[near, far] = any(self._refused[source] & far for source in bits(near))
        return self._known[near, far]


def bits(mask: int) -> Iterable[int]:
    """Yield the numbers of the set bits of *mask*, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _marked(size: int, regions: Sequence[Collection[int]]) -> list[int]:
    masks = [0] * size
    for number, nodes in enumerate(regions):
        for node in nodes:
            masks[node] |= 1 << number
    return masks


def _turned(graph: Adjacency) -> Adjacency:
    """Return *graph* with every edge turned round; the lists are shared."""
    turned = Adjacency(0, ())
    turned.size, turned.successors = graph.size, graph.predecessors
    turned.predecessors = graph.successors
    return turned
