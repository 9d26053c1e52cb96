"""Mutation: the imports that are not there, and whether any contract would catch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.lookup import external_imports
from archlint.pipeline.audit.values import Gap, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.audit.units import Pair, Town
    from archlint.pipeline.audit.values import Mutant
    from archlint.pipeline.audit.witness import Witness


class Trial:
    """Every pair of a town, tried against every contract."""

    def __init__(self, town: Town, witnesses: Sequence[Witness]) -> None:
        self._town = town
        inner, whole = town.pairs()
        names = {name for each in witnesses for name in each.lens.outside}
        outer = town.outside(names)
        self._pairs = [*inner, *outer]
        self._of = whole + len(outer)
        self.mutants: list[Mutant] = [mutant for pair in self._pairs for mutant in pair.mutants]
        self.caught = [each.caught(self.mutants) for each in witnesses]
        self._allowed = set[int]().union(*(each.allowed(self.mutants) for each in witnesses))
        self._sizes = {unit.name: len(unit.nodes) for unit in town.units}
        self._starts = town.starts()
        self._users = {name: _users(town, name) for name in names}

    def outcome(self) -> tuple[Score, tuple[Gap, ...]]:
        """Return the score, and the pairs that nothing catches, the most important first."""
        guarded = set[int]().union(*self.caught)
        in_use = allowed = caught = first = 0
        gaps = []
        for pair in self._pairs:
            places = range(first, first + len(pair.mutants))
            first = places.stop
            if self._in_use(pair):
                in_use += 1
                continue
            missed = [place for place in places if place not in guarded and place not in self._allowed]
            if missed:
                gaps.append(self._gap(pair, self.mutants[missed[0]]))
            elif guarded.issuperset(places):
                caught += 1
            else:
                allowed += 1
        score = Score(
            units=len(self._town.units),
            pairs=len(self._pairs),
            of=self._of,
            in_use=in_use,
            allowed=allowed,
            injected=caught + len(gaps),
            caught=caught,
        )
        return score, tuple(sorted(gaps, key=self._importance))

    def _in_use(self, pair: Pair) -> bool:
        if pair.outside:
            return pair.source in self._users[pair.outside]
        return (pair.source, pair.target) in self._town.between

    def _gap(self, pair: Pair, mutant: Mutant) -> Gap:
        town = self._town
        source, names = town.units[pair.source].name, town.graph.names
        if pair.outside:
            return Gap(source, pair.outside, names[mutant.tail], pair.outside, external=True)
        return Gap(
            source,
            town.units[pair.target].name,
            names[mutant.tail],
            names[mutant.head],
            back=town.between.get((pair.target, pair.source), 0),
            circle=town.reaches(pair.target, pair.source),
        )

    def _importance(self, gap: Gap) -> tuple[object, ...]:
        """Against the grain first: what more imports do the other way; then circles; then by size.

        A script, which nothing imports, is not what the design is about: it comes last.
        """
        starts = gap.importer in self._starts or gap.imported in self._starts
        size = self._sizes.get(gap.importer, 0) * self._sizes.get(gap.imported, 0)
        return (starts, -gap.back, not gap.circle, gap.external, -size, gap.importer, gap.imported)


def _users(town: Town, name: str) -> set[int]:
    """Return the units that import the external *name*."""
    rows = external_imports(town.graph, name)
    return {town.owner[town.graph.index[row.importer]] for row in rows}
