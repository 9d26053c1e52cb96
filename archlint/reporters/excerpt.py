"""A line of source on a line of a terminal, and what in it is meant."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from archlint.reporters.text import safe

WIDEST = 160
_LEAD = 40
_GAP = "..."


def excerpt(text: str, column: int) -> tuple[str, int, int]:
    """Return the line to show, how many cells stand before the part from *column* on, and how many it takes.

    Control characters are shown as escapes; a very long line is cut around *column*, which counts from 1.
    """
    text = text.expandtabs(1).rstrip()
    start = min(column - 1, len(text))
    first = max(0, start - _LEAD) if len(text) > WIDEST else 0
    before = (_GAP if first else "") + safe(text[first:start])
    meant = safe(text[start : first + WIDEST])
    rest = _GAP if first + WIDEST < len(text) else ""
    return f"{before}{meant}{rest}", _cells(before), max(1, _cells(_without_comment(meant)))


def _without_comment(code: str) -> str:
    """Leave out a comment behind *code*; where a string could hold the `#`, nothing."""
    ahead = code.partition(" #")[0]
    return code if "'" in ahead or '"' in ahead else ahead.rstrip()


def _cells(text: str) -> int:
    """Count the cells that *text* takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
