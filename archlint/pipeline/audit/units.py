"""The units of an audit: the modules that contracts name, and those beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.adjacency import Adjacency
from archlint.graph.expressions import prefixes
from archlint.pipeline.audit.values import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.graph.modulegraph import ModuleGraph

MOST_PAIRS = 20_000
STRIDE = 0.6180339887498949  # of the golden ratio: spreads samples evenly, whatever the number of units


class Unit(Struct, frozen=True):
    """A module with all below it that is in no other unit; its ``ends``, one or two, are tried for all."""

    name: str
    nodes: tuple[int, ...]
    ends: tuple[int, ...]


class Pair(Struct, frozen=True):
    """Two units by number, or a unit and an external name; ``mutants`` are the imports tried."""

    source: int
    target: int
    mutants: tuple[Mutant, ...]
    outside: str = ""


class Town:
    """All units of a project and the imports between them."""

    def __init__(self, graph: ModuleGraph, named: Iterable[str]) -> None:
        self.graph = graph
        roots = [name for name in graph.names if "." not in name]
        names = {*named, *roots, *(child for root in roots for child in graph.children(root))}
        self.units = tuple(_units(graph, names & graph.index.keys()))
        self.owner = [-1] * len(graph.names)
        for number, unit in enumerate(self.units):
            for node in unit.nodes:
                self.owner[node] = number
        self.between = self._between()
        self._quotient = Adjacency(len(self.units), self.between)
        self._reached: dict[int, set[int]] = {}

    def _between(self) -> dict[tuple[int, int], int]:
        counts: dict[tuple[int, int], int] = {}
        for tail, head in self.graph.edges().edges():
            pair = (self.owner[tail], self.owner[head])
            if pair[0] != pair[1]:
                counts[pair] = counts.get(pair, 0) + 1
        return counts

    def starts(self) -> set[str]:
        """Return the scripts: units of one module, in no package or a ``__main__``, that nothing imports."""
        imported = {head for _, head in self.between}
        return {
            unit.name
            for number, unit in enumerate(self.units)
            if number not in imported and _is_script(self.graph, unit)
        }

    def reaches(self, source: int, target: int) -> bool:
        """Return whether unit *source* reaches unit *target*."""
        if source not in self._reached:
            self._reached[source] = self._quotient.reachable([source])
        return target in self._reached[source]

    def pairs(self) -> tuple[list[Pair], int]:
        """Return the ordered pairs of units, at most ``MOST_PAIRS``, and how many there are.

        A unit is not paired with one around it: importing what is inside a package runs the package anyway.
        """
        size = len(self.units)
        found = [self._pair(*divmod(place, size)) for place in spread(size * size, MOST_PAIRS)]
        kept = [pair for pair in found if pair is not None]
        return kept, len(kept) if size * size <= MOST_PAIRS else size * (size - 1)

    def _pair(self, source: int, target: int) -> Pair | None:
        one, other = self.units[source], self.units[target]
        if source == target or _related(one.name, other.name):
            return None
        ends = dict.fromkeys([(one.ends[0], other.ends[0]), (one.ends[-1], other.ends[-1])])
        return Pair(source, target, tuple(Mutant(tail, head) for tail, head in ends))

    def outside(self, names: Iterable[str]) -> list[Pair]:
        """Return each unit with each external name."""
        listed = sorted(names)
        return [
            Pair(number, -1, tuple(Mutant(tail, -1, name) for tail in unit.ends), name)
            for number, unit in enumerate(self.units)
            for name in listed
        ][:MOST_PAIRS]


def spread(whole: int, most: int) -> Iterable[int]:
    """Return the numbers below *whole*, or *most* of them, evenly spread and the same in every run."""
    if whole <= most:
        return range(whole)
    return sorted({int(number * STRIDE % 1 * whole) for number in range(most)})


def _units(graph: ModuleGraph, names: set[str]) -> Iterator[Unit]:
    members: dict[str, list[int]] = {}
    for node, name in enumerate(graph.names):
        above = next((each for each in reversed(prefixes(name)) if each in names), None)
        if above is not None:
            members.setdefault(above, []).append(node)
    for name in sorted(members):
        yield Unit(name, tuple(members[name]), _ends(graph, members[name]))


def _ends(graph: ModuleGraph, nodes: Sequence[int]) -> tuple[int, ...]:
    """Return the first of *nodes*, and the first plain module after it where there is one."""
    plain = next((node for node in nodes[1:] if not graph.modules[graph.names[node]].package), None)
    return (nodes[0],) if plain is None else (nodes[0], plain)


def _is_script(graph: ModuleGraph, unit: Unit) -> bool:
    package, _, last = unit.name.rpartition(".")
    return (
        len(unit.nodes) == 1 and not graph.modules[unit.name].package and (not package or last == "__main__")
    )


def _related(one: str, other: str) -> bool:
    return one.startswith(other + ".") or other.startswith(one + ".")
