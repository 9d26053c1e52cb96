"""GitLab Code Quality: the JSON that a ``codequality`` artifact holds."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from archlint.reporters.json_check import dumped
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(analysis: Analysis, aids: Aids) -> str:
    """Return the list of findings; paths are those from the top of the repository."""
    seen: Counter[str] = Counter()
    rows = []
    for finding in analysis.findings:
        seen[finding.fingerprint] += 1
        rows.append(_row(finding, aids, seen[finding.fingerprint]))
    return dumped(rows)


def _row(finding: Finding, aids: Aids, occurrence: int) -> dict[str, Any]:
    owned = f"Owned by: {', '.join(finding.owners)}" if finding.owners else None
    notes = (finding.help, finding.why, f"Owner: {finding.owner}" if finding.owner else None, owned)
    body = "\n\n".join(safe(note) for note in notes if note)
    return {
        # GitLab shows the description alone: without the code nobody could look the rule up.
        "description": f"{finding.code} {finding.rule}: {safe(finding.message)}",
        "check_name": finding.rule,
        "fingerprint": _fingerprint(finding, occurrence),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": aids.located(finding.path), "lines": {"begin": finding.line}},
        **({"content": {"body": body}} if body else {}),
    }


def _fingerprint(finding: Finding, occurrence: int) -> str:
    """GitLab merges findings of one fingerprint: those of one identity are told apart by their order."""
    if occurrence == 1:
        return finding.fingerprint
    return sha256(f"{finding.fingerprint}:{occurrence}".encode()).hexdigest()
