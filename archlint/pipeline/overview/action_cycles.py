"""Actions that break cycles on load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.adaptability import ALL_IN_CYCLES, CYCLES
from archlint.pipeline.overview.outlay import ELSEWHERE, to_break
from archlint.pipeline.overview.remedy import Ease, break_cycle, usage
from archlint.pipeline.overview.units import short
from archlint.pipeline.overview.values import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.graph.circles import Circle
    from archlint.model import Import
    from archlint.pipeline.overview.remedy import Usage
    from archlint.rule import Project


def break_circles(project: Project, circles: Sequence[Circle]) -> Iterator[Action]:
    """Yield a break for each cycle: what it is worth are the points of the grade that freed modules add.

    A break that would take a name out of a package's own interface is no advice.
    """
    inside = sum(len(circle.modules) for circle in circles)
    size = max(1, len(project.measured.names))
    for circle in circles:
        used = usage_of(project, circle.breaks[0][0])
        if used.ease == Ease.FACE:
            continue
        first = circle.breaks[0][0]
        freed = len(circle.modules)
        yield Action(
            "cycle",
            f"Break the cycle {_loop(project, circle)}",
            first.path or "",
            first.line,
            _way_out(project, circle, used),
            f"{inside} modules are in cycles on load" if inside > freed else "",
            minutes=sum(_minutes(project, circle)),
            value=freed / size / ALL_IN_CYCLES * CYCLES,
            effect=_effect(freed, inside - freed),
        )


def _effect(freed: int, left: int) -> str:
    return f"{freed} modules leave them, {left} stay" if left else "no cycle is left on load"


def _minutes(project: Project, circle: Circle) -> Iterator[int]:
    for at, rows in enumerate(circle.breaks):
        if at < len(circle.instead) and circle.instead[at]:
            yield ELSEWHERE * len(rows)
        else:
            yield sum(to_break(row, usage_of(project, row)) for row in rows)


def _way_out(project: Project, circle: Circle, used: Usage) -> str:
    first, *rest = (row for rows in circle.breaks for row in rows)
    others = f"; so with {places(rest)}" if rest else ""
    return (_detour(project, circle, first) or break_cycle(first, used)) + others


def _detour(project: Project, circle: Circle, row: Import) -> str:
    """Say where the names of *row*, the first break, can be imported from instead; empty where nowhere."""
    instead = circle.instead[0] if circle.instead else ()
    if not instead:
        return ""
    names = ", ".join(f"`{name}`" for name in row.names[:3]) + (" and more" if len(row.names) > 3 else "")
    homes = " and ".join(short(module, project.roots) for module in instead[:2])
    defined = "it is defined" if len(row.names) == 1 else "they are defined"
    return f"import {names} from {homes}, where {defined}"


def usage_of(project: Project, row: Import) -> Usage:
    """Return what the importer's file does with what *row* binds."""
    return usage(row, project.details.get(row.importer))


def _loop(project: Project, circle: Circle) -> str:
    names = [short(step.importer, project.roots) for step in circle.chain]
    if len(names) > 3:
        return f"of {len(circle.modules)} modules around {names[0]}"
    return " -> ".join([*names, names[0]])


def places(rows: Sequence[Import]) -> str:
    """Return the places of the first two of *rows*, and how many more there are."""
    shown = ", ".join(f"{row.path}:{row.line}" for row in rows[:2])
    return shown + (f" and {len(rows) - 2:,} more" if len(rows) > 2 else "")
