"""What ``archlint report`` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.pipeline.overview.build import overview
from archlint.usecases.analyse import run, set_up
from archlint.usecases.scripts import declared_scripts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.values import Overview
    from archlint.usecases.request import Request


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


def report(request: Request, formats: Sequence[str], screen: Screen) -> Reported:
    """Analyse the project and explain it in each of *formats*.

    Every function is measured; the maintainability index, which takes as long as all else together,
    only for JSON. Raises ArchlintError for what the user can mend.
    """
    setup = set_up(request)
    analysis = run(request, setup, measure_from=0 if "json" in formats else 1, detail=True)
    found = overview(analysis, declared_scripts(setup.place.root))
    return Reported(analysis, tuple(_written(name, found, screen) for name in formats))


def _written(name: str, found: Overview, screen: Screen) -> str:
    if name == "json":
        from archlint.reporters.json_report import json_report  # noqa: PLC0415

        return json_report(found)
    if name == "markdown":
        from archlint.reporters.markdown_report import markdown_report  # noqa: PLC0415

        return markdown_report(found)
    from archlint.reporters.terminal import terminal  # noqa: PLC0415 (loads rich)

    return terminal(found, width=screen.width, colour=screen.colour, fancy=screen.fancy)
