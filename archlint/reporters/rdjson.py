"""Reviewdog's diagnostic format, rdjson: findings as review comments on most forges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.reporters.json_check import dumped
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from archlint.model import Finding, Step
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids


def rdjson(analysis: Analysis, aids: Aids) -> str:
    """Return the findings as one ``DiagnosticResult``; paths are those from the top of the repository."""
    return dumped(
        {
            "source": {"name": "archlint"},
            "diagnostics": [_diagnostic(finding, aids) for finding in analysis.findings],
        }
    )


def _diagnostic(finding: Finding, aids: Aids) -> dict[str, Any]:
    notes = [text for text in (finding.help, finding.why) if text]
    diagnostic: dict[str, Any] = {
        "message": "\n".join(map(safe, [finding.message, *notes])),
        "location": {"path": aids.located(finding.path), "range": _range(finding, aids)},
        "severity": finding.severity.upper(),
        "code": {"value": f"{finding.code} {finding.rule}"},
    }
    places = [("", step) for step in finding.chain[1:]] + [
        (f"{role}: ", step) for role, step in finding.related
    ]
    related = [_related(role, step, aids) for role, step in places if step.path]
    return {**diagnostic, **({"related_locations": related} if related else {})}


def _related(role: str, step: Step, aids: Aids) -> dict[str, Any]:
    path = aids.located(step.path or "")
    return {
        "message": f"{role}{safe(step.importer)} imports {safe(step.imported)}",
        "location": {"path": path, "range": {"start": {"line": step.line}}},
    }


def _range(finding: Finding, aids: Aids) -> dict[str, Any]:
    """Columns count bytes of UTF-8, from 1, and the end is exclusive: unknown without the line."""
    text = aids.line(finding.path, finding.line)
    if text is None:
        return {"start": {"line": finding.line}}
    start, end = (_bytes(part) + 1 for part in (text[: finding.column - 1], text.rstrip()))
    return {
        "start": {"line": finding.line, "column": start},
        "end": {"line": finding.line, "column": max(start, end)},
    }


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
