"""How long it would take to mend all findings, by rule and by part of the project."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.pipeline.overview.values import Debt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.model import Finding
    from archlint.pipeline.overview.units import Units
    from archlint.pipeline.overview.values import Counted


def debt(findings: Sequence[Finding], units: Units, roots: tuple[str, ...]) -> Debt:
    """Return the sums over *findings*, each of which has its minutes; a part is one of *units*."""
    rules: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    for finding in findings:
        unit = units.of(finding.module)
        rules[finding.code] += finding.minutes or 0
        packages[units.label(unit, roots) if unit else finding.module] += finding.minutes or 0
    return Debt(sum(rules.values()), len(findings), _ranked(rules), _ranked(packages))


def _ranked(counts: Counter[str]) -> Counted:
    found = ((name, number) for name, number in counts.items() if number)
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))
