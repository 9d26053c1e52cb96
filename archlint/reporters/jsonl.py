"""JSON Lines: one finding a line, each complete in itself; nothing at all where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.json_check import dumped, finding_row

if TYPE_CHECKING:
    from archlint.pipeline.analysis import Analysis

SCHEMA = "archlint-finding/1"


def jsonl(analysis: Analysis) -> str:
    """Return a line of JSON for each finding, with the keys that it has in ``--format json``."""
    return "".join(
        dumped({"schema": SCHEMA, **finding_row(finding)}, indent=None) for finding in analysis.findings
    )
