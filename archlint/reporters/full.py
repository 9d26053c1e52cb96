"""A finding with everything that helps: source line, chain, why, remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.concise import closing
from archlint.reporters.excerpt import excerpt
from archlint.reporters.paint import Paint
from archlint.reporters.text import safe
from archlint.reporters.way_out import ways_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.model import Finding, Step
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids

SHOWN_BREAKS = 10
SHOWN_STEPS = 30


def full(analysis: Analysis, aids: Aids) -> str:
    """Return a block for each finding and the summary; a finding whose line cannot be read shows none."""
    paint = Paint(enabled=aids.colour)
    blocks = ["\n".join(_block(finding, aids, paint)) for finding in analysis.findings]
    return "\n\n".join([*blocks, *ways_out(analysis), "\n".join(closing(analysis))]) + "\n"


def _block(finding: Finding, aids: Aids, paint: Paint) -> Iterator[str]:
    head = paint.severity(f"{finding.severity}[{finding.code}]", finding.severity)
    yield f"{head} {paint.bold(finding.rule)}: {safe(finding.message)}"
    yield f"  {paint.dim('-->')} {safe(finding.path)}:{finding.line}:{finding.column}"
    text = aids.line(finding.path, finding.line)
    if text is not None and text.strip():
        yield from _excerpt(finding, text, paint)
    if len(finding.chain) > 1:
        yield "  chain:"
        yield from _steps(finding.chain, SHOWN_STEPS)
    yield from _related(finding)
    for label, said in (
        ("contract", finding.contract),
        ("why", finding.why),
        ("owner", finding.owner),
        ("owned by", ", ".join(finding.owners)),
        ("imports from", ", ".join(finding.offended)),
        ("help", finding.help),
    ):
        if said:
            yield f"  {paint.dim(label + ':')} {safe(said)}"


def _excerpt(finding: Finding, text: str, paint: Paint) -> Iterator[str]:
    gutter = str(finding.line)
    shown, before, under = excerpt(text, finding.column)
    marks = paint.severity("^" * under, finding.severity)
    yield f"  {paint.dim(f'{gutter} |')} {shown}"
    yield f"  {paint.dim(' ' * len(gutter) + ' |')} {' ' * before}{marks}"


def _related(finding: Finding) -> Iterator[str]:
    """Yield the further places, grouped by their role."""
    by_role: dict[str, list[Step]] = {}
    for role, step in finding.related:
        by_role.setdefault(role, []).append(step)
    for role, steps in by_role.items():
        yield f"  {role}:"
        yield from _steps(steps, SHOWN_BREAKS)


def _steps(steps: Iterable[Step], most: int) -> Iterator[str]:
    all_steps = list(steps)
    yield from (f"    {_step(step)}" for step in all_steps[:most])
    if len(all_steps) > most:
        yield f"    ... and {len(all_steps) - most} more"


def _step(step: Step) -> str:
    place = f"  ({safe(step.path)}:{step.line})" if step.path else ""
    return f"{safe(step.importer)} -> {safe(step.imported)}{place}"
