"""A finding with everything that helps: source line, chain, why, remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.concise import closing
from archlint.reporters.paint import Paint
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.model import Finding, Step
    from archlint.pipeline.analysis import Analysis

SHOWN_BREAKS = 10


def full(analysis: Analysis, excerpts: Mapping[tuple[str, int], str], *, colour: bool = False) -> str:
    """Return a block for each finding and the summary.

    ``excerpts`` holds source lines by path and line; a finding whose line is missing shows none.
    """
    paint = Paint(enabled=colour)
    blocks = [
        "\n".join(_block(finding, excerpts.get((finding.path, finding.line)), paint))
        for finding in analysis.findings
    ]
    return "\n\n".join([*blocks, "\n".join(closing(analysis))]) + "\n"


def _block(finding: Finding, excerpt: str | None, paint: Paint) -> Iterator[str]:
    head = paint.severity(f"{finding.severity}[{finding.code}]", finding.severity)
    yield f"{head} {paint.bold(finding.rule)}: {safe(finding.message)}"
    yield f"  {paint.dim('-->')} {safe(finding.path)}:{finding.line}:{finding.column}"
    if excerpt is not None and excerpt.strip():
        yield from _excerpt(finding, excerpt, paint)
    if len(finding.chain) > 1:
        yield "  chain:"
        yield from (f"    {_step(step)}" for step in finding.chain)
    yield from _related(finding)
    for label, text in (
        ("contract", finding.contract),
        ("why", finding.why),
        ("owner", finding.owner),
        ("help", finding.help),
    ):
        if text:
            yield f"  {paint.dim(label + ':')} {safe(text)}"


def _excerpt(finding: Finding, excerpt: str, paint: Paint) -> Iterator[str]:
    gutter = str(finding.line)
    shown = safe(excerpt.expandtabs(1))
    column = len(safe(excerpt[: finding.column - 1].expandtabs(1)))
    width = max(1, len(shown.rstrip()) - column)
    yield f"  {paint.dim(f'{gutter} |')} {shown.rstrip()}"
    yield f"  {paint.dim(' ' * len(gutter) + ' |')} {' ' * column}{paint.severity('^' * width, finding.severity)}"


def _related(finding: Finding) -> Iterator[str]:
    """Yield the further places, grouped by their role."""
    last = None
    for number, (role, step) in enumerate(finding.related):
        if role != last:
            yield f"  {role}:"
            last = role
        if number == SHOWN_BREAKS:
            yield f"    ... and {len(finding.related) - number} more"
            return
        yield f"    {_step(step)}"


def _step(step: Step) -> str:
    place = f"  ({safe(step.path)}:{step.line})" if step.path else ""
    return f"{safe(step.importer)} -> {safe(step.imported)}{place}"
