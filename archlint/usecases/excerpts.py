"""The source lines that a report shows beside findings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.model import Finding

LARGEST = 2_000_000


def excerpts(root: str, findings: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """Return the text of every line that *findings* stand on, by path and line."""
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        wanted.setdefault(finding.path, set()).add(finding.line)
    return {
        (path, line): text
        for path in sorted(wanted)
        for line, text in _lines(os.path.join(root, path), wanted[path]).items()
    }


def _lines(path: str, numbers: set[int]) -> dict[int, str]:
    try:
        text = read(path, LARGEST).decode("utf-8", "backslashreplace")
    except Unreadable:
        return {}
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {number: lines[number - 1] for number in numbers if 0 < number <= len(lines)}
