"""Whether the paths that were asked for are analysed at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.errors import NothingToAnalyse
from archlint.repository.paths import lies_in, shown
from archlint.repository.testing import is_test_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.pipeline.analysis import Analysis
    from archlint.repository.layout import Left
    from archlint.usecases.setup import Setup

REMEDY = "take it in with `roots` or `source-roots`, or make it a --project"
TESTS = "since these are tests; see `include-tests`"
ON_PURPOSE = "since it is excluded, ignored by git, hidden or holds no Python"


def with_asked(setup: Setup, analysis: Analysis) -> Analysis:
    """Return *analysis* with a note for each path asked for of which nothing is analysed, or only some.

    Raises NothingToAnalyse where that is all that was asked for, and it was not left out on purpose: by the
    configuration, as tests, or as something else than Python.
    """
    within = setup.place.within
    if not within:
        return analysis
    found = {path: _is_analysed(analysis, path) for path in within}
    lines = [line for path, analysed in found.items() if (line := _line(analysis, path, analysed=analysed))]
    if not any(found.values()) and any(_here(analysis.left, path) for path in within):
        raise NothingToAnalyse("\n".join(lines))
    return replace(analysis, notes=(*analysis.notes, *lines))


def _is_analysed(analysis: Analysis, path: str) -> bool:
    modules = analysis.project.modules.values()
    return any(file and lies_in(file, path) for module in modules for file in (module.path, module.stub))


def _here(left: Iterable[Left], path: str) -> list[Left]:
    """Return what of *left* is in *path*, or around it; tests are left out on purpose."""
    if is_test_file(path.rpartition("/")[2]):
        return []
    return [each for each in _near(left, path) if each.reason != "tests"]


def _near(left: Iterable[Left], path: str) -> list[Left]:
    is_code = _is_code(path)
    return [each for each in left if lies_in(each.path, path) or (is_code and lies_in(path, each.path))]


def _is_code(path: str) -> bool:
    return "." not in path.rpartition("/")[2] or path.endswith(".py")


def _line(analysis: Analysis, path: str, *, analysed: bool) -> str | None:
    here = _here(analysis.left, path)
    if analysed:
        number = sum(each.files for each in here if each.reason == "aside" and not each.path.endswith(".py"))
        more = f"{shown(path)}: {number:,} of its Python files not analysed; `archlint config` lists them"
        return more if number else None
    why = "since it is in none of the roots; " + REMEDY
    if not here:
        why = TESTS if _is_code(path) and _near(analysis.left, path) else ON_PURPOSE
    return f"{shown(path)}: nothing in it is analysed, {why}"
