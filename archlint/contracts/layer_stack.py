"""The levels of a ``layers`` contract, with the modules that fill them: who may not reach whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.contracts.codes import BREACH, SKIP
from archlint.contracts.naming import nested
from archlint.graph.expressions import expand, is_wildcard, prefixes

if TYPE_CHECKING:
    from archlint.contracts.layer_items import Level
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.rule import Code


@dataclass(frozen=True)
class LayerStack:
    """Levels from the highest to the lowest, and their modules, each with the number of its level."""

    levels: tuple[Level, ...]
    members: list[tuple[str, int]]

    @classmethod
    def of(cls, graph: ModuleGraph, levels: tuple[Level, ...], container: str) -> LayerStack:
        """Return the stack of *levels* in *container* (empty: names are absolute), members sorted by name."""
        named = {below(container, name) for level in levels for name in level.names if not is_wildcard(name)}
        taken = set(named)
        members: list[tuple[str, int]] = []
        for number, level in enumerate(levels):
            found = _found(graph, level, container, taken)
            taken |= found
            # Where nesting does no harm the outer module stands for both.
            spare = found - named if level.independent else found
            found -= {inner for _, inner in nested(found) if inner in spare}
            members.extend((name, number) for name in sorted(found))
        return cls(levels, members)

    def refused(self, source: int) -> int:
        """Return the mask of members that member *source* may not reach."""
        mask = 0
        floor = self._floor(self.members[source][1])
        for target, (_, level) in enumerate(self.members):
            if target != source and self._is_refused(self.members[source][1], level, floor):
                mask |= 1 << target
        return mask

    def _is_refused(self, own: int, level: int, floor: int) -> bool:
        return level < own or level > floor or (level == own and self.levels[own].independent)

    def _floor(self, own: int) -> int:
        """Return the lowest level that may be reached from level *own*: the first closed one below it."""
        below = range(own + 1, len(self.levels))
        return next((number for number in below if self.levels[number].closed), len(self.levels))

    def reason(self, source: int, target: int) -> tuple[Code, str]:
        """Return the code of a breach between two members, and why it is one."""
        (lower, own), (higher, level) = self.members[source], self.members[target]
        if level < own:
            return BREACH, f"{lower} is below {higher}"
        if level == own:
            return BREACH, f"{lower} and {higher} are independent of each other"
        floor = self._floor(own)
        between = [name for name, number in self.members if number == floor]
        return SKIP, f"{' and '.join(between) or self.levels[floor].names[0]} between them is closed"


def _found(graph: ModuleGraph, level: Level, container: str, taken: set[str]) -> set[str]:
    """Return the modules of *level*; wildcards leave alone what is *taken*, or inside of it."""
    found: set[str] = set()
    for expression in level.names:
        names = expand(graph, below(container, expression))
        wild = is_wildcard(expression)
        found.update(name for name in names if not wild or taken.isdisjoint(prefixes(name)))
    return found


def below(container: str, name: str) -> str:
    """Return *name* as a name below *container*, where there is one."""
    return f"{container}.{name}" if container else name
