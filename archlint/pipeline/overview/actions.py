"""What to do first: at most five things, each at a place, each for a reason that can be looked up."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from archlint.graph.closure import measure_reach
from archlint.pipeline.overview.remedy import Ease, break_cycle, turn_round, usage
from archlint.pipeline.overview.values import RUN_TIME, Action
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.coupling.hub_module import HubModule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.graph.circles import Circle
    from archlint.model import Import
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.remedy import Usage
    from archlint.pipeline.overview.values import Against, Hotspot, MeasuredFunction, PackageMap
    from archlint.rule import Project

MOST = 5
OF_A_KIND = 2
TRIED = 4
FEW = 5
WORTH_SAYING = 0.002


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
        islice(_turn_round(project, map_), OF_A_KIND),
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
        how = (first.help or "").removesuffix(".")
        yield Action("contract", title, first.path, first.line, how, first.message + more)


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


# --- cycles ----------------------------------------------------------------------------------


def _break_circles(project: Project, circles: Sequence[Circle]) -> Iterator[Action]:
    """Yield a break for each cycle, the easiest first, then those that free most modules for their cost.

    A break that would take a name out of a package's own interface is no advice.
    """
    used = {circle.modules: _usage(project, circle.breaks[0][0]) for circle in circles}
    ranked = sorted(
        (circle for circle in circles if used[circle.modules].ease != Ease.FACE),
        key=lambda one: (
            len(one.breaks) > 3,
            used[one.modules].ease,
            -len(one.modules) / one.cost,
            one.modules,
        ),
    )
    effect = _left(circles, ranked[0]) if ranked else ""
    for circle in ranked:
        first = circle.breaks[0][0]
        how = _way_out(project, circle, used[circle.modules])
        title = f"Break the cycle {_loop(project, circle)}"
        yield Action("cycle", title, first.path or "", first.line, how, effect)
        effect = ""


def _way_out(project: Project, circle: Circle, used: Usage) -> str:
    first, *rest = (row for rows in circle.breaks for row in rows)
    others = f"; so with {_places(rest)}" if rest else ""
    return (_detour(project, circle, first) or break_cycle(first, used)) + others


def _detour(project: Project, circle: Circle, row: Import) -> str:
    """Say where the names of *row*, the first break, can be imported from instead; empty where nowhere."""
    instead = circle.instead[0] if circle.instead else ()
    if not instead:
        return ""
    names = ", ".join(f"`{name}`" for name in row.names[:3]) + (" and more" if len(row.names) > 3 else "")
    homes = " and ".join(short(module, project.roots) for module in instead[:2])
    return (
        f"import {names} from {homes}, where it is defined"
        if len(row.names) == 1
        else (f"import {names} from {homes}, where they are defined")
    )


def _left(circles: Sequence[Circle], broken: Circle) -> str:
    """Say how many modules are left in cycles once one is *broken*."""
    inside = sum(len(circle.modules) for circle in circles)
    left = inside - len(broken.modules)
    return f"{inside} modules are in such cycles, {left} will be" if left else "no cycle is left on load"


def _usage(project: Project, row: Import) -> Usage:
    return usage(row, project.details.get(row.importer))


def _loop(project: Project, circle: Circle) -> str:
    names = [short(step.importer, project.roots) for step in circle.chain]
    if len(names) > 3:
        return f"of {len(circle.modules)} modules around {names[0]}"
    return " -> ".join([*names, names[0]])


def short(name: str, roots: Sequence[str]) -> str:
    """Return *name* without the root, where there is one root."""
    return name.removeprefix(f"{roots[0]}.") if len(roots) == 1 else name


def _places(rows: Sequence[Import]) -> str:
    shown = ", ".join(f"{row.path}:{row.line}" for row in rows[:2])
    return shown + (f" and {len(rows) - 2:,} more" if len(rows) > 2 else "")


# --- imports against the order ---------------------------------------------------------------


def _turn_round(project: Project, map_: PackageMap) -> Iterator[Action]:
    """Yield the pairs of packages that few imports tie, those first whose removal shrinks reach most."""
    tried = _few(map_)[:TRIED]
    now = _reach(project, ()) if tried else 0.0
    then = {(pair.importer, pair.imported): _reach(project, pair.rows) for pair in tried}
    for pair in sorted(tried, key=lambda pair: (then[pair.importer, pair.imported] - now) / pair.count):
        first, rest = pair.rows[0], pair.rows[1:]
        others = f"; so with {_places(rest)}" if rest else ""
        yield Action(
            "direction",
            f"Free {pair.importer} from {pair.imported}: {imports(pair.count)} up, {pair.forward:,} down",
            first.path or "",
            first.line,
            turn_round(first, _usage(project, first), pair.imported) + others,
            _effect(now, then[pair.importer, pair.imported]),
        )


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


def _effect(now: float, then: float) -> str:
    return f"a module would reach {then:.1%} of all, not {now:.1%}" if now - then > WORTH_SAYING else ""


def imports(number: int) -> str:
    """Return ``1 import`` or ``2 imports``."""
    return f"{number:,} import" if number == 1 else f"{number:,} imports"


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
        known = f"{users:,} modules import its module" if users != 1 else "1 module imports its module"
        yield Action(
            "function",
            f"Split {function.name}: complexity {function.cyclomatic}, {lines:,} lines",
            module.path or "",
            function.line,
            _inner(project, one),
            f"the most complex function of {_rank(functions, one)}; {known}",
        )


def _rank(functions: Sequence[MeasuredFunction], one: MeasuredFunction) -> str:
    """Say of how many functions one is the most complex: all, its module's ones once others came before."""
    if one is functions[0]:
        return f"all {len(functions):,}"
    return f"{one.module.name}"


def _inner(project: Project, one: MeasuredFunction) -> str:
    """Name the functions nested in a function: what can move out first."""
    function = one.function
    nested = [
        item.name.rpartition(".")[2]
        for item in project.details[one.module.name].definitions
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
            f"Part {short(spot.module.name, project.roots)}: {ca} modules import it, and it imports {ce}",
            spot.module.path or "",
            1,
            f"its importers take mostly {taken}: give them a module with fewer imports" if taken else "",
            "",
        )
