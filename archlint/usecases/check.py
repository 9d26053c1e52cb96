"""What ``archlint check`` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.reporters.concise import concise
from archlint.reporters.full import full
from archlint.reporters.json_check import json_check
from archlint.reporters.statistics import statistics as counted
from archlint.usecases.analyse import run, set_up
from archlint.usecases.excerpts import excerpts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.analysis import Analysis
    from archlint.usecases.request import Request


@dataclass(frozen=True)
class Checked:
    """The analysis and its reports, in the order of the formats asked for."""

    analysis: Analysis
    reports: tuple[str, ...]


def check(request: Request, formats: Sequence[str], *, colour: bool = False, statistics: bool = False) -> Checked:
    """Analyse the project and print the findings in each of *formats*."""
    setup = set_up(request)
    analysis = run(request, setup)
    if statistics:
        return Checked(analysis, tuple(counted(analysis) for _ in formats))
    return Checked(analysis, tuple(_report(name, analysis, setup.place.root, colour=colour) for name in formats))


def _report(name: str, analysis: Analysis, root: str, *, colour: bool) -> str:
    if name == "json":
        return json_check(analysis)
    if name == "full":
        return full(analysis, excerpts(root, analysis.findings), colour=colour)
    return concise(analysis)
