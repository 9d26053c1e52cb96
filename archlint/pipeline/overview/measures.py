"""Numbers of modules and functions, and the coupling hotspots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.coupling import module_coupling, outside_coupling
from archlint.pipeline.overview.offers import most_taken, taken
from archlint.pipeline.overview.values import RUN_TIME, Hotspot, MeasuredFunction, MeasuredModule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.graph.coupling import Coupling
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.rule import Project

HOTSPOTS = 20
NOTABLE = 10


def measured_modules(project: Project) -> Iterator[MeasuredModule]:
    """Yield every module with its numbers, by name, over imports of every kind.

    The coupling of production code counts production code alone; that of test modules counts all.
    """
    whole, production = _coupling(project.graph), _coupling(project.production)
    for name in project.graph.names:
        facts = project.facts.get(name)
        yield MeasuredModule(
            module=project.modules[name],
            lines=facts.lines if facts else 0,
            coupling=production.get(name) or whole[name],
            cyclomatic=facts.cyclomatic if facts else 0,
            maintainability=facts.maintainability if facts else None,
        )


def _coupling(graph: ModuleGraph) -> dict[str, Coupling]:
    return dict(zip(graph.names, module_coupling(graph.edges()), strict=True))


def measured_functions(project: Project) -> Iterator[MeasuredFunction]:
    """Yield every function of every file, by module and place."""
    for name in project.graph.names:
        facts, full = project.facts.get(name), project.details.get(name)
        measured = full.shapes.functions if full and full.shapes else ()
        shapes = {(one.line, one.column): one for one in measured}
        for function in facts.complexity if facts else ():
            shape = shapes.get((function.line, function.column))
            yield MeasuredFunction(project.modules[name], function, shape)


def most_complex(project: Project, functions: tuple[MeasuredFunction, ...]) -> list[MeasuredFunction]:
    """Return the functions of production code that nobody generated, the most complex first."""
    judged = [
        one
        for one in functions
        if one.function.cyclomatic is not None
        and one.module.judged
        and not project.facts[one.module.name].generated
    ]
    return sorted(
        judged, key=lambda one: (-(one.function.cyclomatic or 0), one.module.name, one.function.line)
    )


def hotspots(project: Project) -> Iterator[Hotspot]:
    """Yield modules with several importers and several imports, those with the higher lesser number first.

    They are counted as ARC203 counts them: outside the module's own subtree, over the imports that run,
    test modules left out.
    """
    graph = project.production
    found = list(outside_coupling(graph, graph.edges(RUN_TIME), 1, 1))
    found.sort(key=_heat)
    yield from _spots(project, found[:HOTSPOTS])


def _spots(project: Project, found: Sequence[tuple[str, Coupling]]) -> Iterator[Hotspot]:
    names = {name for name, _ in found}
    counts = taken(project.production.imports, lambda name: name if name in names else "")
    for name, coupling in found:
        yield Hotspot(project.modules[name], coupling, most_taken(counts.get(name, {})))


def most_imported(project: Project) -> Iterator[Hotspot]:
    """Yield the modules that most others import, most first, counted as the hotspots are.

    Few importers are nothing to tell in a large project: below a tenth of its modules, or ten.
    """
    graph = project.production
    least = min(NOTABLE, len(graph.names) // 10)
    found = list(outside_coupling(graph, graph.edges(RUN_TIME), max(1, least - 1), -1))
    found.sort(key=lambda item: (-item[1].afferent, -item[1].efferent, item[0]))
    yield from _spots(project, found[:HOTSPOTS])


def _heat(item: tuple[str, Coupling]) -> tuple[object, ...]:
    name, coupling = item
    lesser = min(coupling.afferent, coupling.efferent)
    return (-lesser, -coupling.afferent * coupling.efferent, name)
