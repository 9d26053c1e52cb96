"""The page of ``archlint diff``: the later state, and laid over it what is different from the earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from archlint.reporters.html.changes import changes
from archlint.reporters.html.data import finding_row, harmless, page_data
from archlint.reporters.html.earlier import from_page
from archlint.reporters.html.page import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.model import Step
    from archlint.pipeline.difference.values import Added, CycleChange, Difference
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Overview
    from archlint.rule import Project

Graded = tuple["Overview", "Sequence[Grade]"]


def html_diff(before: Graded, after: Graded, made: Difference) -> str:
    """Return the page of *after* that shows what is new and gone since *before*, and *made* of it."""
    overview, grades = after
    document = page_data(overview, grades)
    earlier = from_page(page_data(*before), made.base)
    document["changes"] = changes(document, earlier) | {
        "system": [[one.name, one.before, one.after, one.share] for one in made.metrics],
        "difference": harmless(_difference(overview.analysis.project, made)),
    }
    return rendered(overview, document, "What the change does to")


def _difference(project: Project, made: Difference) -> dict[str, Any]:
    return {
        "base": made.base,
        "head": made.head,
        "judged_by": made.judged_by,
        "contracts": list(map(asdict, made.contracts)),
        "added": [_added(project, one) for one in made.added],
        "fixed": [finding_row(project, finding) for finding in made.fixed],
        "unchanged": made.unchanged,
        "cycles": list(map(_cycle, made.cycles)),
        "externals_new": [
            [step.imported, step.importer, step.path, step.line] for step in made.externals_added
        ],
        "externals_gone": list(made.externals_removed),
        "weakened": [[one.text, one.path, one.line] for one in made.weakened],
    }


def _added(project: Project, one: Added) -> dict[str, Any]:
    return {**finding_row(project, one.finding), "closing": _steps(one.closing), "before": one.before}


def _cycle(one: CycleChange) -> dict[str, Any]:
    return {
        "state": one.state,
        "modules": one.modules,
        "joined": one.joined,
        "left": one.left,
        "closing": _steps(one.closing),
    }


def _steps(steps: Iterable[Step]) -> list[list[Any]]:
    return [[step.importer, step.imported, step.path, step.line] for step in steps]
