"""Findings under the file that they are in, or under those who own it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from archlint.reporters.concise import closing
from archlint.reporters.owner_groups import by_owner
from archlint.reporters.paint import Paint
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids, By


def grouped(analysis: Analysis, aids: Aids) -> str:
    """Return a block for each file or owner: its name, and a line for each finding."""
    paint = Paint(enabled=aids.colour)
    blocks = ["\n".join(_block(name, found, paint, by=aids.by)) for name, found in _groups(analysis, aids.by)]
    return "\n\n".join([*blocks, "\n".join(closing(analysis))]) + "\n"


def _groups(analysis: Analysis, by: By) -> list[tuple[str, list[Finding]]]:
    if by == "owner":
        return by_owner(analysis.findings)
    return [(path, list(found)) for path, found in groupby(analysis.findings, key=lambda one: one.path)]


def _block(name: str, findings: Sequence[Finding], paint: Paint, *, by: By) -> Iterator[str]:
    yield f"{paint.bold(safe(name))} ({count(len(findings), 'finding')})"
    places = [
        f"{f'{safe(finding.path)}:' if by == 'owner' else ''}{finding.line}:{finding.column}"
        for finding in findings
    ]
    width = max(map(len, places))
    for place, finding in zip(places, findings, strict=True):
        contract = f" {paint.dim(f'[{safe(finding.contract)}]')}" if finding.contract else ""
        severity = paint.severity(finding.severity, finding.severity) + " " * (7 - len(finding.severity))
        said = f"{finding.code} {finding.rule}: {safe(finding.message)}{contract}"
        yield f"  {place:>{width}}  {severity}  {said}"
