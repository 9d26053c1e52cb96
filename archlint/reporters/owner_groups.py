"""Findings by who owns them: what grouping and counting by owner share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.model import Finding

NOBODY = "nobody"


def by_owner(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return pairs of who owns files and the findings in these, sorted; what nobody owns comes last.

    Several owners of one file are one group, as the file has them together.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(" ".join(finding.owners), []).append(finding)
    return [(name or NOBODY, groups[name]) for name in sorted(groups, key=lambda name: (not name, name))]
