"""One law about chains, and the tables that answer which imports would break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.closing import Closing, bits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archlint.graph.adjacency import Adjacency
    from archlint.pipeline.audit.values import Mutant
    from archlint.pipeline.laws import Law

MOST_BROKEN = 50  # pairs that are broken already and have tables of their own


class Court:
    """Judges imports that are not there: each by itself, and by the chains that it would close.

    ``reported`` are the pairs of source and target for which a chain is reported today: one more is no news.
    Where a target is imported today, only chains through neither end are, so such a pair has its own table.
    """

    def __init__(self, edges: Adjacency, law: Law, reported: Collection[tuple[str, str]]) -> None:
        self._law = law
        inner = tuple(() if number in law.outside else nodes for number, nodes in enumerate(law.targets))
        self._imports = Closing(edges, law.sources, inner, law.refused, direct=True)
        if law.direct:
            self._chains, self._own = self._imports, list[tuple[int, Closing]]()
            return
        refused = _less(law, reported)
        touching = (
            []
            if law.walled
            else [_imported(edges, law, number) & mask for number, mask in enumerate(refused)]
        )
        left = (
            tuple(mask & ~now for mask, now in zip(refused, touching, strict=True)) if touching else refused
        )
        self._chains = Closing(edges, law.sources, law.targets, left, walled=law.walled)
        self._own = [
            (target, Closing(edges, (law.sources[source],), (nodes,), (1,), walled=True))
            for source, target, nodes in _pairs(law, touching)
        ]

    def catches(self, mutant: Mutant) -> bool:
        """Tell whether the import *mutant* would be a breach, or close a chain that is one."""
        if mutant.outside:
            return self._catches_outside(mutant.tail, _outside(self._law, mutant.outside))
        closings = (self._imports, self._chains, *(closing for _, closing in self._own))
        return any(closing.closes(mutant.tail, mutant.head) for closing in closings)

    def _catches_outside(self, tail: int, wanted: int) -> bool:
        if any(closing.breaks(closing.near[tail], wanted) for closing in (self._imports, self._chains)):
            return True
        return any(wanted >> target & 1 and closing.near[tail] for target, closing in self._own)

    def descends(self, mutant: Mutant) -> bool:
        """Tell whether both ends are in regions, and the first may reach the second."""
        near, far = self._imports.near[mutant.tail], self._imports.far[mutant.head]
        return bool(near and far) and near != far and not self._imports.breaks(near, far)


def _less(law: Law, reported: Collection[tuple[str, str]]) -> tuple[int, ...]:
    """Return what *law* refuses, less the pairs that are *reported*."""
    if not reported:
        return law.refused
    return tuple(
        mask
        & ~sum(1 << number for number, target in enumerate(law.all_targets) if (source, target) in reported)
        for source, mask in zip(law.source_names, law.refused, strict=True)
    )


def _imported(edges: Adjacency, law: Law, source: int) -> int:
    """Return the mask of the targets that *source* imports today."""
    own = law.sources[source]
    heads = {head for node in own for head in edges.successors[node]}
    return sum(
        1 << number
        for number, nodes in enumerate(law.targets)
        if not (set(own) if number in law.outside else heads).isdisjoint(nodes)
    )


def _pairs(law: Law, touching: list[int]) -> Iterator[tuple[int, int, Collection[int]]]:
    """Yield each source and target that it imports today, with its nodes outside the source."""
    left = MOST_BROKEN
    for source, mask in enumerate(touching):
        for target in bits(mask):
            if left:
                left -= 1
                yield source, target, frozenset(law.targets[target]).difference(law.sources[source])


def _outside(law: Law, name: str) -> int:
    return sum(
        1 << number for number, known in law.outside.items() if name == known or name.startswith(known + ".")
    )
