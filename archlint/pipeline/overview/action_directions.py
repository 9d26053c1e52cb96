"""Actions that turn imports against the order round."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archlint.graph.closure import Closure
from archlint.pipeline.overview.action_cycles import places, usage_of
from archlint.pipeline.overview.adaptability import ALL_AGAINST, ORDER, RANGE, REACH
from archlint.pipeline.overview.outlay import to_turn
from archlint.pipeline.overview.remedy import goes, turn_round
from archlint.pipeline.overview.values import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import
    from archlint.pipeline.overview.values import Against, PackageMap
    from archlint.rule import Project

TRIED = 8
FEW = 5
WORTH_SAYING = 0.002


def turn_imports(project: Project, map_: PackageMap, spread: Spread) -> Iterator[Action]:
    """Yield the pairs of packages that few imports tie.

    What one is worth are the points of the grade that a shorter reach and fewer imports upwards add.
    """
    tried = _few(map_)[:TRIED]
    now = spread.cost if tried else 0.0
    whole = max(1, map_.up + map_.down)
    for pair in tried:
        then = spread.cost_without(row for row in pair.rows if goes(usage_of(project, row)))
        first, rest = pair.rows[0], pair.rows[1:]
        others = f"; so with {places(rest)}" if rest else ""
        yield Action(
            "direction",
            f"Free {pair.importer} from {pair.imported}: {imports(pair.count)} up, {pair.forward:,} down",
            first.path or "",
            first.line,
            turn_round(first, usage_of(project, first), pair.imported) + others,
            "",
            minutes=sum(to_turn(row, usage_of(project, row)) for row in pair.rows),
            value=reach_points(now, then) + pair.count / whole / ALL_AGAINST * ORDER,
            effect=reached(now, then),
        )


def reach_points(now: float, then: float) -> float:
    """Return the points of the grade that a propagation cost of *then* instead of *now* adds."""
    return (now - then) / RANGE * REACH


def _few(map_: PackageMap) -> list[Against]:
    """Return the pairs that a few imports tie and whose order is not in doubt; no package's own face."""
    faces = {unit.label for unit in map_.units if unit.alone}
    return [
        pair
        for pair in map_.against
        if pair.count <= FEW
        and not faces & {pair.importer, pair.imported}
        and not 0 < pair.forward <= pair.count  # as many run each way: neither is against the other
    ]


def reached(now: float, then: float) -> str:
    """Say how much less a module reaches; nothing where that is too little to be said."""
    return f"a module would reach {then:.1%} of all, not {now:.1%}" if now - then > WORTH_SAYING else ""


def imports(number: int) -> str:
    """Return ``1 import`` or ``2 imports``."""
    return f"{number:,} import" if number == 1 else f"{number:,} imports"


class Spread:
    """How far modules reach by every import, as the whole report means it, and would without some of them."""

    def __init__(self, graph: ModuleGraph) -> None:
        self._graph = graph

    @cached_property
    def _closure(self) -> Closure:
        return Closure(self._graph.edges())

    @property
    def cost(self) -> float:
        """The propagation cost."""
        return self._closure.reach.propagation_cost

    def cost_without(self, rows: Iterable[Import]) -> float:
        """Return the propagation cost where *rows*, imports of the graph, are gone."""
        gone = {id(row): (row.importer, row.imported) for row in rows}
        index = self._graph.index
        return self._closure.cost_without(
            [
                (index[importer], index[imported])
                for importer, imported in set(gone.values())
                if all(id(row) in gone for row in self._graph.details(importer, imported))
            ]
        )
