"""``archlint impact --tests``: paths that pytest takes, and nothing else."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from archlint.pipeline.impact.values import Impact

MOST = 3


def test_paths(impact: Impact, below: str, *, null: bool) -> tuple[str, tuple[str, ...]]:
    """Return the paths of the tests, the nearest first, and notes on what they leave open.

    *below* leads from the working directory to the project. Each path ends with a newline, or with a zero
    byte where *null*.
    """
    paths = [_relative(below, test.path) for test in impact.tests]
    fit = [path for path in paths if _is_fit(path, null=null)]
    odd = [path for path in paths if not _is_fit(path, null=null)]
    end = "\0" if null else "\n"
    return "".join(path + end for path in fit), tuple(_notes(impact, odd, null=null))


def _relative(below: str, path: str) -> str:
    """Return *path* as seen from the working directory; one that looks like an option begins with ``./``."""
    found = posixpath.normpath(posixpath.join(below, path))
    return f"./{found}" if found.startswith("-") else found


def _is_fit(path: str, *, null: bool) -> bool:
    """Tell whether pytest takes *path* from a command line.

    It reads ``::`` and ``[`` as the beginning of a test's name. Unless a zero byte parts them, neither may
    a path hold what ends a line, moves a cursor or, in a shell, parts words.
    """
    if "::" in path or "[" in path or _is_undecodable(path):
        return False
    return null or (safe(path) == path and not any(char.isspace() or char in "*?" for char in path))


def _is_undecodable(path: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in path)


def _notes(impact: Impact, odd: list[str], *, null: bool) -> list[str]:
    notes = []
    if not impact.test_files:
        notes.append("no test file was found")
    elif not impact.tests:
        notes.append("no import leads from a test file to this")
    if odd:
        names = ", ".join(map(safe, odd[:MOST])) + (", ..." if len(odd) > MOST else "")
        remedy = "" if null else "; -0 may pass them on"
        notes.append(f"{count(len(odd), 'test file')} left out for the name ({names}){remedy}")
    if impact.unfollowed:
        names = ", ".join(safe(file.path) for file in impact.unfollowed[:MOST])
        more = ", ..." if len(impact.unfollowed) > MOST else ""
        notes.append(
            f"{count(len(impact.unfollowed), 'changed file')} not followed ({names}{more}): "
            "imports do not tell which tests need that"
        )
    return notes
