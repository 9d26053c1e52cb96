"""The few single imports without which each system metric would improve most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts import EDGE_KINDS, IMPORT_TIME
from archlint.graph.gains import best_removals
from archlint.graph.untying import best_untyings
from archlint.pipeline.overview.values import Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.graph.closure import Reach
    from archlint.graph.gains import Edge, Gain
    from archlint.rule import Project

MOST = 3
LEAST = 0.0005


def single_removals(project: Project, whole: Reach, import_time: Reach) -> tuple[Removal, ...]:
    """Return up to three imports for each metric, the best first: what it is, and would be without one.

    *whole* are the metrics over every import, *import_time* those over the ones that run on load. How far
    modules reach is tried with the most promising imports, cycles with all that could matter.

    Left out is what nobody would take away: the only import of a module, which is there for its importer, and
    what a module imports that nothing imports, where programs start.
    """
    graph = project.measured
    every, load = graph.edges(), graph.edges(IMPORT_TIME)

    def able(edge: Edge) -> bool:
        tail, head = edge
        return bool(every.predecessors[tail]) and len(every.predecessors[head]) > 1

    return (
        *_removals(
            project, "propagation_cost", whole.propagation_cost, best_removals(every, MOST, able), EDGE_KINDS
        ),
        *_removals(
            project,
            "import_time.propagation_cost",
            import_time.propagation_cost,
            best_removals(load, MOST, able),
            IMPORT_TIME,
        ),
        *_removals(project, "cyclicality", whole.cyclicality, best_untyings(every, MOST, able), EDGE_KINDS),
    )


def _removals(
    project: Project, metric: str, now: float, gains: Sequence[Gain], kinds: Sequence[str]
) -> Iterator[Removal]:
    graph = project.measured
    for gain in gains:
        if gain.gain >= LEAST:
            tail, head = (graph.names[node] for node in gain.edge)
            step = graph.step(tail, head, kinds)
            yield Removal(metric, step, now, now - gain.gain)
