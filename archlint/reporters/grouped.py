"""Findings under the file that they are in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from archlint.reporters.concise import closing
from archlint.reporters.paint import Paint
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids


def grouped(analysis: Analysis, aids: Aids) -> str:
    """Return a block for each file: its path, and a line for each finding in it."""
    paint = Paint(enabled=aids.colour)
    groups = groupby(analysis.findings, key=lambda finding: finding.path)
    blocks = ["\n".join(_block(path, tuple(found), paint)) for path, found in groups]
    return "\n\n".join([*blocks, "\n".join(closing(analysis))]) + "\n"


def _block(path: str, findings: Sequence[Finding], paint: Paint) -> Iterator[str]:
    yield f"{paint.bold(safe(path))} ({count(len(findings), 'finding')})"
    places = [f"{finding.line}:{finding.column}" for finding in findings]
    width = max(map(len, places))
    for place, finding in zip(places, findings, strict=True):
        contract = f" {paint.dim(f'[{safe(finding.contract)}]')}" if finding.contract else ""
        severity = paint.severity(finding.severity, finding.severity) + " " * (7 - len(finding.severity))
        said = f"{finding.code} {finding.rule}: {safe(finding.message)}{contract}"
        yield f"  {place:>{width}}  {severity}  {said}"
