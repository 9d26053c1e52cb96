"""Actions that split what has grown too much: functions and hubs."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING

from archlint.pipeline.overview.action_directions import reach_points, reached
from archlint.pipeline.overview.unit_complexity import lines, risk
from archlint.pipeline.overview.units import short
from archlint.pipeline.overview.values import Action
from archlint.pipeline.remediation import FORMULAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archlint.pipeline.overview.action_directions import Spread
    from archlint.pipeline.overview.values import Hotspot, MeasuredFunction
    from archlint.rule import Project
    from archlint.rules.complexity.complex_function import ComplexFunction
    from archlint.rules.coupling.hub_module import HubModule

HUBS = 4
HALF = 0.5


def split_functions(
    project: Project, rule: ComplexFunction, functions: Sequence[MeasuredFunction], commits: Mapping[str, int]
) -> Iterator[Action]:
    """Yield the functions over the limit of *rule*; *functions* are all, the most complex first.

    What one is worth are the points that it costs by the scale of the grade for complexity, with its share of
    all decisions in place of that of lines, as a docstring makes nothing hard to follow; and times
    1 + log10(1 + importers of its module + commits to it), as far as those are known.
    """
    limit = rule.max_cyclomatic
    importers = project.production.edges().predecessors
    formula = FORMULAS[rule.code]
    whole = sum(one.function.cyclomatic or 0 for one in functions)
    number = sum(one.function.listed for one in functions)
    place = 0
    for one in functions:
        function, cyclomatic = one.function, one.function.cyclomatic or 0
        if cyclomatic <= limit:
            return
        place += function.listed
        known = len(importers[project.production.index[one.module.name]])
        changed = commits.get(one.module.path or "", 0)
        yield Action(
            "function",
            f"Split {function.name}: complexity {cyclomatic}, {lines(one):,} lines",
            one.module.path or "",
            function.line,
            _inner(project, one),
            f"{_rank(one, place, number)}; {_met(known, changed)}",
            minutes=formula.minutes + formula.per * (cyclomatic - limit),
            value=100 * cyclomatic / whole * (risk(one) or 0.0) * (1 + log10(1 + known + changed)),
            effect=_effect(cyclomatic, limit),
        )


def _effect(cyclomatic: int, limit: int) -> str:
    """Estimate how many functions hold a function's decisions: each has a way straight through besides."""
    parts = ceil((cyclomatic - 1) / max(1, limit - 1))
    return f"by its decisions alone, about {parts} functions of at most {limit} each"


def _met(users: int, commits: int) -> str:
    """Say how many modules and people meet the function's module."""
    known = f"{users:,} modules import" if users > 1 else "1 module imports" if users else "nothing imports"
    known += " its module"
    return f"{known}, {commits:,} commits changed it" if commits > 1 else known


def _rank(one: MeasuredFunction, place: int, number: int) -> str:
    """Say where a function stands among those that are counted: one nested in another counts with that."""
    if not one.function.listed:
        return "nested in another function"
    if number == 1:
        return "the only function"
    if place == 1:
        return f"the most complex of {number:,} functions"
    return f"number {place:,} of {number:,} functions by complexity"


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


def part_hubs(
    project: Project, rule: HubModule, spots: Sequence[Hotspot], spread: Spread
) -> Iterator[Action]:
    """Yield the hubs, by *rule*.

    What one is worth is half of what modules would reach less if it imported nothing: half, since
    some of its importers do need what it imports.
    """
    over = [
        spot
        for spot in spots
        if spot.coupling.afferent > rule.max_afferent and spot.coupling.efferent > rule.max_efferent
    ][:HUBS]
    now = spread.cost if over else 0.0
    for spot in over:
        name, taken = spot.module.name, ", ".join(f"`{name}`" for name in spot.offers[:4])
        ca, ce = spot.coupling.afferent, spot.coupling.efferent
        least = spread.cost_without(project.measured.rows_of(name))
        said = reached(now, least)
        yield Action(
            "hub",
            f"Part {short(name, project.roots)}: {ca} modules import it, and it imports {ce}",
            spot.module.path or "",
            1,
            f"its importers take mostly {taken}: give them a module with fewer imports" if taken else "",
            "",
            minutes=FORMULAS[rule.code].minutes,
            value=HALF * reach_points(now, least),
            effect=said.replace("would", "would at best") if said else "",
        )
