"""Modules, imports and cycles that two graphs do not share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.context.standard import STANDARD
from archlint.facts import IMPORT_TIME
from archlint.graph.closure import measure_reach
from archlint.graph.cycles import components
from archlint.model import Step
from archlint.pipeline.difference.values import CycleChange, Metric, PackagePair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.rule import Project

Edge = tuple[str, str]


def steps_of(graph: ModuleGraph, kinds: Iterable[str] | None = None) -> dict[Edge, Step]:
    """Return every edge between modules of the roots with its first place; *kinds* None counts all."""
    edges = graph.edges(tuple(kinds)) if kinds is not None else graph.edges()
    names = graph.names
    wanted = {(names[tail], names[head]) for tail, head in edges.edges()}
    found: dict[Edge, Step] = {}
    for row in graph.imports:
        edge = (row.importer, row.imported)
        if edge in wanted and edge not in found:
            found[edge] = Step(*edge, row.path, row.line)
    return found


def package_pairs(before: ModuleGraph, after: ModuleGraph) -> Iterator[PackagePair]:
    """Yield the pairs of packages between which imports are new or gone, by name."""
    old, new = steps_of(before), steps_of(after)
    homes = _Homes(before, after)
    added, removed = (
        homes.gathered(new.keys() - old.keys(), new),
        homes.gathered(old.keys() - new.keys(), old),
    )
    were, are = homes.pairs(old), homes.pairs(new)
    for pair in sorted(added.keys() | removed.keys()):
        yield PackagePair(
            *pair,
            added=tuple(added.get(pair, ())),
            removed=tuple(removed.get(pair, ())),
            opened=pair not in were and pair[0] != pair[1],
            closed=pair not in are and pair[0] != pair[1],
        )


class _Homes:
    """Which package each module of either graph is in."""

    def __init__(self, *graphs: ModuleGraph) -> None:
        self._packages = {name for graph in graphs for name in graph.names if graph.modules[name].package}

    def of(self, name: str) -> str:
        return name if name in self._packages else name.rpartition(".")[0] or name

    def pair(self, edge: Edge) -> Edge:
        return self.of(edge[0]), self.of(edge[1])

    def pairs(self, edges: Iterable[Edge]) -> set[Edge]:
        return {self.pair(edge) for edge in edges}

    def gathered(self, edges: Iterable[Edge], steps: dict[Edge, Step]) -> dict[Edge, list[Step]]:
        found: dict[Edge, list[Step]] = {}
        for edge in sorted(edges):
            found.setdefault(self.pair(edge), []).append(steps[edge])
        return found


def externals(graph: ModuleGraph) -> dict[str, Step]:
    """Return the packages from outside that are imported, each with its first import; no standard library."""
    found: dict[str, Step] = {}
    for row in graph.externals:
        if row.imported not in STANDARD and row.imported not in found:
            found[row.imported] = Step(row.importer, row.imported, row.path, row.line)
    return found


def cycle_changes(before: Project, after: Project) -> Iterator[CycleChange]:
    """Yield what became of the cycles of imports that run at import time, tests left out."""
    old, new = _Circles(before.production), _Circles(after.production)
    for circle in new.circles:
        yield from _grown(circle, old, new)
    for circle in old.circles:
        yield from _shrunk(circle, new)


def _grown(circle: frozenset[str], old: _Circles, new: _Circles) -> Iterator[CycleChange]:
    edges = new.inside(circle)
    earlier = [one for one in old.circles if one & circle]
    if any(edges.keys() <= old.inside(one).keys() for one in earlier):
        return
    closing = tuple(edges[edge] for edge in sorted(edges.keys() - old.steps.keys()))
    joined = tuple(sorted(circle.difference(*earlier)))
    yield CycleChange("grown" if earlier else "new", tuple(sorted(circle)), joined, (), closing)


def _shrunk(circle: frozenset[str], new: _Circles) -> Iterator[CycleChange]:
    left = circle.difference(*new.circles)
    if left == circle:
        yield CycleChange("gone", tuple(sorted(circle)))
    elif left:
        yield CycleChange("shrunk", tuple(sorted(circle - left)), left=tuple(sorted(left)))


class _Circles:
    def __init__(self, graph: ModuleGraph) -> None:
        self.steps = steps_of(graph, IMPORT_TIME)
        parts = components(graph.edges(IMPORT_TIME))
        self.circles = [frozenset(graph.names[number] for number in part) for part in parts]

    def inside(self, circle: frozenset[str]) -> dict[Edge, Step]:
        return {edge: step for edge, step in self.steps.items() if circle.issuperset(edge)}


def metrics(before: Project, after: Project) -> Iterator[Metric]:
    """Yield the numbers of the system: its size, and how far a change reaches over every import."""
    one, other = _numbers(before), _numbers(after)
    for name, value in other.items():
        yield Metric(name, one[name], value, share=name in _SHARES)


_SHARES = frozenset({"propagation cost", "core size"})


def _numbers(project: Project) -> dict[str, float]:
    graph = project.measured
    reach = measure_reach(graph.edges())
    return {
        "modules": len(graph.names),
        "lines": sum(project.facts[name].lines for name in graph.names if name in project.facts),
        "imports between modules": graph.edges().edge_count,
        "external packages": len(externals(graph)),
        "modules in import cycles": sum(map(len, components(graph.edges(IMPORT_TIME)))),
        "longest chain of imports": reach.levels,
        "propagation cost": round(reach.propagation_cost, 4),
        "core size": round(reach.core_size, 4),
    }
