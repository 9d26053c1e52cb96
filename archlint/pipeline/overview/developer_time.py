"""The grade for resource management: where does developer time go?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.context.changes import LEAST_COMMITS
from archlint.pipeline.overview.marks import Criterion, Item, Lever, criterion, graded, limit, unmeasured

if TYPE_CHECKING:
    from archlint.pipeline.overview.effort import Effort, Together
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import MeasuredFunction, Overview
    from archlint.rules.effort.changed import Changed

CHALLENGE, QUESTION = "Resource management", "Where does developer time go?"
HARD, HIDDEN, KNOWN = 50.0, 25.0, 25.0
# From this cyclomatic complexity of a function on, its module is hard to change; all points are lost where
# this share of the changes goes there.
COMPLEX, ALL_HARD = 15, 0.5
LEAST = 20
OWN_SCALE = "No published scale: this one is archlint's own."


def grade_effort(overview: Overview) -> Grade:
    """Return the grade from the history: changes in complex code, hidden coupling, islands of knowledge."""
    effort = overview.effort
    if effort is None or effort.missing:
        reason = f"Not measured: {effort.missing}. " if effort else ""
        missing = f"{reason}The code alone cannot tell: this takes the history of the repository."
        return unmeasured(CHALLENGE, QUESTION, missing)
    if effort.commits < LEAST:
        few = f"{effort.commits} commits to modules in {effort.days} days are too few to judge by."
        return unmeasured(CHALLENGE, QUESTION, few)
    found = (_hard(overview, effort), _hidden(effort), _known(effort))
    verbs = ("Make simpler what changes: ", "Tie or part: ", "Let a second person work on ")
    levers = (
        Lever(verb + item.text, item.points, item.module, item.path, item.line)
        for verb, one in zip(verbs, found, strict=True)
        for item in one.items[:3]
    )
    return graded(CHALLENGE, QUESTION, found, levers)


def _hard(overview: Overview, effort: Effort) -> Criterion:
    worst: dict[str, MeasuredFunction] = {}
    for function in overview.complex:  # the most complex first
        worst.setdefault(function.module.name, function)
    whole = sum(one.churn.commits for one in effort.changed)
    hard = [one for one in effort.changed if _worst(worst, one) > COMPLEX]
    changes = sum(one.churn.commits for one in hard)
    share = changes / whole if whole else 0.0
    items = [
        _changed(one, worst[one.module.name], one.churn.commits / whole / ALL_HARD * HARD) for one in hard
    ]
    return criterion(
        "Changes go where the code is simple",
        f"{changes:,} of {whole:,} changes of modules ({share:.1%}) in {effort.days} days were of modules "
        f"with a function over complexity {COMPLEX}",
        f"Points fall evenly from none to {ALL_HARD:.0%} of changes. Churn and complexity together are what "
        f"Tornhill, Your Code as a Crime Scene (2015), calls a hotspot. {OWN_SCALE}",
        HARD,
        items,
    )


def _worst(worst: dict[str, MeasuredFunction], one: Changed) -> int:
    found = worst.get(one.module.name)
    return (found.function.cyclomatic or 0) if found else 0


def _changed(one: Changed, function: MeasuredFunction, points: float) -> Item:
    name, complexity = function.function.name, function.function.cyclomatic
    text = f"{one.module.name}: {_commits(one.churn.commits)}, {name} has complexity {complexity}"
    return Item(text, points, one.module.name, one.module.path or "", function.function.line)


def _commits(number: int) -> str:
    return "1 commit" if number == 1 else f"{number:,} commits"


def _often(effort: Effort) -> int:
    return sum(one.churn.commits >= LEAST_COMMITS for one in effort.changed)


def _hidden(effort: Effort) -> Criterion:
    found = [one for one in effort.coupled if one.surprising]
    most = limit(_often(effort))
    return criterion(
        "What changes together is tied",
        f"{len(found):,} pairs of modules change together though no import leads from one to the other",
        f"Points fall evenly from none to {most} pairs: a fifth of the {_often(effort)} modules that changed "
        f"{LEAST_COMMITS} times or more, at least 5. Change coupling as code-maat defines it. {OWN_SCALE}",
        HIDDEN,
        (_pair(one, HIDDEN / most) for one in found),
    )


def _pair(one: Together, points: float) -> Item:
    pair = one.pair
    why = f", against `{one.apart}`" if one.apart else ""
    text = (
        f"{pair.module.name} and {pair.other.name}: together in {pair.coupled.together:,} of "
        f"{pair.coupled.commits:,} and {pair.coupled.other_commits:,} commits{why}"
    )
    other = ((pair.other.path or "", 1),)
    return Item(text, points, pair.module.name, pair.module.path or "", 1, other)


def _known(effort: Effort) -> Criterion:
    most = limit(_often(effort))
    return criterion(
        "Several people know each module",
        f"{len(effort.islands):,} complex modules are changed by one author of {effort.authors:,}, "
        "or nearly so",
        f"Points fall evenly from none to {most} modules: a fifth of those that changed {LEAST_COMMITS} "
        "times or more, at least 5. Where fewer than three people work there is nothing to compare. "
        f"{OWN_SCALE}",
        KNOWN,
        (_island(one, KNOWN / most) for one in effort.islands),
    )


def _island(one: Changed, points: float) -> Item:
    text = f"{one.module.name}: {one.churn.most:,} of {_commits(one.churn.commits)} by one author"
    return Item(text, points, one.module.name, one.module.path or "", 1)
