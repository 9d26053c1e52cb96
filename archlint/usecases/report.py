"""What ``archlint report`` does."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.pipeline.overview.build import overview
from archlint.repository.sources import Unreadable, read
from archlint.usecases.adopting import adoptions
from archlint.usecases.analyse import run
from archlint.usecases.known import everywhere
from archlint.usecases.scripts import declared_scripts, project_name
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.values import Overview
    from archlint.reporters.html.earlier import Earlier
    from archlint.usecases.request import Request

LARGEST_REPORT = 256_000_000
WHOLE = "PATHS say which project is meant; the report is on the whole of it"


@dataclass(frozen=True)
class Screen:
    """What the terminal report is made for: its width, and whether it shows colours and arrows."""

    width: int = 80
    colour: bool = False
    fancy: bool = False


@dataclass(frozen=True)
class Reported:
    """The analysis and its reports, in the order of the formats asked for."""

    analysis: Analysis
    reports: tuple[str, ...]


def report(
    request: Request, formats: Sequence[str], screen: Screen, *, compare: str | None = None
) -> Reported:
    """Analyse the project and explain it in each of *formats*.

    *compare* is the path of an earlier report: the HTML page says what changed since. Every function is
    measured; its shape only for JSON and HTML, and the maintainability index and the lines that commits
    added, which take as long as all else together, only for JSON.
    Raises ArchlintError for what the user can mend.
    """
    earlier = None if compare is None else _earlier(request, compare)
    setup = set_up(request)
    place, setup = setup.place, replace(setup, place=everywhere(setup.place))
    complete, page = "json" in formats, "html" in formats
    analysis = run(
        request,
        setup,
        measure_from=0 if complete else 1,
        detail=True,
        shape=complete or page,
        context=("history", "manifest", "owners", *(("churn",) if complete else ())),
    )
    analysis = replace(analysis, adoptions=tuple(adoptions(request)))
    if place.within:
        analysis = replace(analysis, notes=(*analysis.notes, WHOLE))
    root = setup.place.root
    found = overview(analysis, declared_scripts(root), project_name(root))
    return Reported(analysis, tuple(_written(name, found, screen, earlier) for name in formats))


def _earlier(request: Request, compare: str) -> Earlier:
    """Read the report to compare with."""
    from archlint.reporters.html.earlier import read_earlier  # noqa: PLC0415

    try:
        data = read(os.path.join(request.cwd, compare), LARGEST_REPORT)
    except Unreadable as error:
        raise ArchlintError(f"--compare {compare}: {error.reason}") from None
    return read_earlier(data.decode("utf-8", "replace"), compare)


def _graded(name: str, found: Overview, earlier: Earlier | None) -> str:
    from archlint.pipeline.overview.grades import grades  # noqa: PLC0415 (the other formats show none)

    if name == "html":
        from archlint.reporters.html.page import html_page  # noqa: PLC0415

        return html_page(found, grades(found), earlier)
    from archlint.reporters.json_report import json_report  # noqa: PLC0415

    return json_report(found, grades(found))


def _written(name: str, found: Overview, screen: Screen, earlier: Earlier | None) -> str:
    if name in ("html", "json"):
        return _graded(name, found, earlier)
    if name == "markdown":
        from archlint.reporters.markdown_report import markdown_report  # noqa: PLC0415

        return markdown_report(found)
    from archlint.reporters.terminal import terminal  # noqa: PLC0415 (loads rich)

    return terminal(found, width=screen.width, colour=screen.colour, fancy=screen.fancy)
