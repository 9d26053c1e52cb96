"""``--statistics``: how many findings of each rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.reporters.concise import closing

if TYPE_CHECKING:
    from archlint.pipeline.analysis import Analysis


def statistics(analysis: Analysis) -> str:
    """Return a line for each rule with findings, most first, and the summary."""
    counts = Counter((finding.code, finding.rule) for finding in analysis.findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"{number:>6,}  {code}  {name}" for (code, name), number in rows]
    return "\n".join([*lines, *closing(analysis)]) + "\n"
