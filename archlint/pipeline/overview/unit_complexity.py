"""The grade for complexity: how much of the code is in functions that are hard to test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.marks import Item, Lever, criterion, graded, unmeasured

if TYPE_CHECKING:
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import MeasuredFunction, Overview

CHALLENGE, QUESTION = "Complexity", "Can anyone still explain this?"
# Risk classes by cyclomatic complexity, and the points that each percent of the lines in them costs.
RISKS = ((50, 5.0), (20, 2.0), (10, 0.5))
SCALE = (
    "Each percent of function lines costs half a point above complexity 10, 2 above 20 and 5 above 50. "
    "Classes of risk as in Heitlager, Kuipers and Visser, A Practical Model for Measuring Maintainability "
    "(2007); their ratings ++, +, o and - end at 87.5, 75, 60 and 20 points of this scale."
)


def grade_complexity(overview: Overview) -> Grade:
    """Return the grade of production code written by hand; nested functions count with the outer one."""
    functions = [one for one in overview.complex if one.function.listed]
    whole = sum(map(lines, functions))
    if not whole:
        return unmeasured(CHALLENGE, QUESTION, "There is no function to measure.")
    items = [
        _item(one, lines(one) * cost / whole * 100) for one in functions if (cost := risk(one)) is not None
    ]
    risky = sum(lines(one) for one in functions if risk(one) is not None)
    value = f"{len(items):,} of {len(functions):,} functions, {risky / whole:.1%} of their lines, are over 10"
    found = criterion("Cyclomatic complexity of functions", value, SCALE, 100, items)
    levers = (
        Lever(f"Split {item.text}", item.points, item.module, item.path, item.line)
        for item in found.items[:5]
    )
    return graded(CHALLENGE, QUESTION, (found,), levers)


def lines(one: MeasuredFunction) -> int:
    """Return how many lines a function has."""
    return one.function.end_line - one.function.line + 1


def risk(one: MeasuredFunction) -> float | None:
    """Return the points that each percent of all lines costs that is in such a function; None: none."""
    return next((cost for over, cost in RISKS if (one.function.cyclomatic or 0) > over), None)


def _item(one: MeasuredFunction, points: float) -> Item:
    function = one.function
    text = f"{function.name}: complexity {function.cyclomatic}, {lines(one):,} lines"
    return Item(text, points, one.module.name, one.module.path or "", function.line)
