"""One line a finding, as compilers print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis


def concise(analysis: Analysis) -> str:
    """Return ``path:line:column: CODE name: message`` lines, and the summary."""
    lines = [one_line(finding) for finding in analysis.findings]
    return "\n".join([*lines, *closing(analysis)]) + "\n"


def one_line(finding: Finding) -> str:
    """Return a finding on one line."""
    contract = f" [{safe(finding.contract)}]" if finding.contract else ""
    place = f"{safe(finding.path)}:{finding.line}:{finding.column}"
    return f"{place}: {finding.code} {finding.rule}: {safe(finding.message)}{contract}"


def closing(analysis: Analysis) -> list[str]:
    """Return the lines that sum a check up."""
    known = [f"known: {one_line(finding)}" for finding in analysis.known] if analysis.show_known else []
    weakened = [f"Weakened: {safe(line)}" for line in analysis.against.weakened] if analysis.against else []
    contracts = [f"Contract {verdict}" for verdict in _contracts(analysis)]
    return [*known, *weakened, *contracts, sentence(analysis)]


def sentence(analysis: Analysis) -> str:
    """Return the sentence that sums a check up."""
    read = f"{count(analysis.summary.files, 'file')}, {count(analysis.summary.imports, 'import')}"
    kinds = _kinds(analysis)
    found = f"Found {kinds}" if kinds else "No findings"
    more = []
    if analysis.suppressed:
        more.append(f"{len(analysis.suppressed):,} suppressed")
    if analysis.summary.not_analysed:
        more.append(f"{count(analysis.summary.not_analysed, 'file')} not analysed")
    aside = f" ({', '.join(more)})" if more else ""
    return " ".join([f"{found}{aside} in {read}.", *_compared(analysis)])


def _compared(analysis: Analysis) -> Iterator[str]:
    """Yield how the findings compare with the ledger, and with another state of the project."""
    delta, against = analysis.delta, analysis.against
    if delta is not None:
        worse = f" ({delta.worse:,} of them worse than recorded)" if delta.worse else ""
        yield f"Ledger: {delta.known:,} known, {delta.resolved:,} resolved, {delta.new:,} new{worse}."
    if against is not None:
        counts = f"{against.new:,} new, {against.fixed:,} fixed, {against.unchanged:,} unchanged"
        yield f"Against {safe(against.base)}: {counts}."


def _kinds(analysis: Analysis) -> str:
    counts = [
        (kind, sum(f.severity == kind for f in analysis.findings)) for kind in ("error", "warning", "info")
    ]
    return ", ".join(
        count(number, kind, kind if kind == "info" else None) for kind, number in counts if number
    )


def _contracts(analysis: Analysis) -> list[str]:
    lines = []
    for result in analysis.contracts:
        if result.error:
            lines.append(f"not judged: {safe(result.name)}")
        elif not result.kept:
            lines.append(f"broken: {safe(result.name)} ({count(result.findings, 'finding')})")
    kept = sum(result.kept for result in analysis.contracts)
    if kept:
        known = sum(result.known for result in analysis.contracts if result.kept)
        aside = f" ({count(known, 'known finding')})" if known else ""
        lines.append(f"kept: {kept} of {len(analysis.contracts)}{aside}")
    return lines
