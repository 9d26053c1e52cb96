"""``--statistics``: how many findings of each rule or owner, and how long they take to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.remediation import spoken
from archlint.reporters.concise import closing
from archlint.reporters.owner_groups import by_owner
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import By


def statistics(analysis: Analysis, by: By = "file") -> str:
    """Return a line for each rule, or for each owner, with findings, most first, and the summary."""
    groups = by_owner(analysis.findings) if by == "owner" else _by_rule(analysis.findings)
    rows = [(len(found), name, _minutes(found)) for name, found in groups]
    lines = list(_lines(sorted(rows, key=lambda row: (-row[0], row[1]))))
    total = _minutes(analysis.findings)
    if total:
        lines.append(f"Estimated to take {spoken(total)} to mend.")
    return "\n".join([*lines, *closing(analysis)]) + "\n"


def _by_rule(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(f"{finding.code}  {finding.rule}", []).append(finding)
    return list(groups.items())


def _lines(rows: Sequence[tuple[int, str, int]]) -> Iterator[str]:
    wide = max((len(safe(name)) for _, name, _ in rows), default=0)
    for number, name, minutes in rows:
        yield f"{number:>6,}  {safe(name):<{wide}}  {spoken(minutes):>10}"


def _minutes(findings: Iterable[Finding]) -> int:
    return sum(finding.minutes or 0 for finding in findings)
