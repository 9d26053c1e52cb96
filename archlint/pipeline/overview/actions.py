"""What to do first: at most five things, each at a place, each for a reason that can be looked up."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from archlint.graph.closure import measure_reach
from archlint.pipeline.overview.remedy import remedy
from archlint.pipeline.overview.values import RUN_TIME, Action
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.coupling.hub_module import HubModule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.graph.circles import Circle
    from archlint.model import Import
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.values import Against, Hotspot, MeasuredFunction, PackageMap
    from archlint.rule import Project

MOST = 5
OF_A_KIND = 2
TRIED = 4


def choose_actions(
    analysis: Analysis,
    map_: PackageMap,
    circles: Sequence[Circle],
    spots: Sequence[Hotspot],
    functions: Sequence[MeasuredFunction],
) -> tuple[Action, ...]:
    """Return the actions, most pressing first.

    Broken contracts and files that do not parse come first; then circles, imports against the order,
    functions and hubs take turns, each kind with its best return first.
    """
    project = analysis.project
    turns = zip_longest(
        islice(_break_circles(project, circles), OF_A_KIND),
        islice(_turn_round(project, map_.against), OF_A_KIND),
        islice(_split_functions(project, functions), OF_A_KIND),
        islice(_part_hubs(project, spots), OF_A_KIND),
    )
    ranked = (action for turn in turns for action in turn if action is not None)
    return tuple(islice(chain(_contracts(analysis), _failures(project), ranked), MOST))


def _contracts(analysis: Analysis) -> Iterator[Action]:
    for result in analysis.contracts:
        mine = [finding for finding in analysis.findings if finding.contract == result.name]
        if result.kept or not mine:
            continue
        first, rest = mine[0], len(mine) - 1
        more = f", and {rest:,} more" if rest else ""
        title = f"Keep the contract `{result.name}`"
        yield Action("contract", title, first.path, first.line, first.help or "", first.message + more)


def _failures(project: Project) -> Iterator[Action]:
    failed = [
        (module, facts.failure)
        for module in project.judged()
        if (facts := project.facts.get(module.name)) and facts.failure
    ]
    if failed:
        module, failure = failed[0]
        more = f"; {len(failed) - 1:,} more files like it" if len(failed) > 1 else ""
        title = f"Make {module.path} readable: nothing in it is analysed"
        yield Action("failure", title, module.path or "", failure.line, "", failure.reason + more)


# --- circles ---------------------------------------------------------------------------------


def _break_circles(project: Project, circles: Sequence[Circle]) -> Iterator[Action]:
    """Yield a break for each circle, those first that free most modules for their cost."""
    inside = sum(len(circle.modules) for circle in circles)
    ranked = sorted(circles, key=lambda circle: (-len(circle.modules) / circle.cost, circle.modules))
    for circle in ranked:
        rows = [row for rows in circle.breaks for row in rows]
        first, rest = rows[0], rows[1:]
        others = "; the same for " + _places(rest) if rest else ""
        how = f"{remedy(first, project.facts.get(first.importer))}{others}"
        reason = f"{_loop(circle)}; modules in import-time cycles: {inside} now, {inside - len(circle.modules)} then"
        yield Action("cycle", _circle_title(circle, first), first.path or "", first.line, how, reason)


def _circle_title(circle: Circle, first: Import) -> str:
    count = len(circle.modules)
    scope = "the cycle" if count == 2 else f"the cycle of {count} modules"
    return f"Break {scope}: stop {first.importer} importing {first.imported}"


def _loop(circle: Circle) -> str:
    names = [step.importer for step in circle.chain]
    shown = names if len(names) <= 4 else [*names[:3], "..."]
    return " -> ".join([*shown, names[0]])


def _places(rows: Sequence[Import]) -> str:
    shown = ", ".join(f"{row.path}:{row.line}" for row in rows[:2])
    return shown + (f" and {len(rows) - 2:,} more" if len(rows) > 2 else "")


# --- imports against the order ---------------------------------------------------------------


def _turn_round(project: Project, against: Sequence[Against]) -> Iterator[Action]:
    """Yield the pairs of packages that few imports tie, those first whose removal shrinks reach most."""
    tried = [pair for pair in against if pair.rows and pair.count <= 5][:TRIED]
    now = _reach(project, ())
    gains = {id(pair): now - _reach(project, pair.rows) for pair in tried}
    for pair in sorted(tried, key=lambda pair: (-gains[id(pair)] / pair.count, pair.importer, pair.imported)):
        first = pair.rows[0]
        imports = "1 import" if pair.count == 1 else f"{pair.count} imports"
        back = f"{pair.forward:,} run the other way" if pair.forward else "it closes a longer loop"
        gain = gains[id(pair)]
        effect = (
            f"; an average change would reach {now - gain:.1%} of modules, not {now:.1%}"
            if gain > 0.002
            else ""
        )
        rest = f"; the same for {_places(pair.rows[1:])}" if len(pair.rows) > 1 else ""
        yield Action(
            "direction",
            f"Free {pair.importer} from {pair.imported}: {imports} against the order",
            first.path or "",
            first.line,
            remedy(first, project.facts.get(first.importer)) + rest,
            f"{first.importer} -> {first.imported}; {back}{effect}",
        )


def _reach(project: Project, gone: Iterable[Import]) -> float:
    graph = project.production.without(gone)
    return measure_reach(graph.edges(RUN_TIME)).propagation_cost


# --- functions and hubs ----------------------------------------------------------------------


def _split_functions(project: Project, functions: Sequence[MeasuredFunction]) -> Iterator[Action]:
    limit = ComplexFunction().max_cyclomatic
    graph = project.production
    edges = graph.edges()
    for one in functions:
        function, module = one.function, one.module
        if (function.cyclomatic or 0) <= limit:
            return
        lines = function.end_line - function.line + 1
        users = len(edges.predecessors[graph.index[module.name]])
        known = f"{users:,} modules import {module.name}" if users != 1 else f"1 module imports {module.name}"
        yield Action(
            "function",
            f"Split {function.name}: cyclomatic complexity {function.cyclomatic} in {lines:,} lines",
            module.path or "",
            function.line,
            _inner(project, one),
            f"as many tests to cover its branches; {known}",
        )


def _inner(project: Project, one: MeasuredFunction) -> str:
    """Name the functions nested in a function: what can move out first."""
    function = one.function
    nested = [
        item.name.rpartition(".")[2]
        for item in project.facts[one.module.name].definitions
        if item.kind == "closure" and function.line < item.line and item.end_line <= function.end_line
    ]
    more = f" and {len(nested) - 3} more" if len(nested) > 3 else ""
    return f"the functions nested in it can move out first: {', '.join(nested[:3])}{more}" if nested else ""


def _part_hubs(project: Project, spots: Sequence[Hotspot]) -> Iterator[Action]:
    limits = HubModule()
    for spot in spots:
        ca, ce = spot.coupling.afferent, spot.coupling.efferent
        if ca <= limits.max_afferent or ce <= limits.max_efferent:
            continue
        taken = ", ".join(f"`{name}`" for name in spot.offers[:4])
        yield Action(
            "hub",
            f"Part {spot.module.name}: {ca} modules import it, and it imports {ce}",
            spot.module.path or "",
            1,
            f"its importers take mostly {taken}: give them a module with fewer imports" if taken else "",
            "a change in what it imports can reach all its importers through it",
        )
