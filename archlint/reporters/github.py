"""GitHub Actions: workflow commands that put findings beside the lines of a change."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from archlint.errors import SEVERITIES
from archlint.reporters.concise import closing
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids

# GitHub shows ten annotations a level and step (docs of actions/toolkit); more would hide each other.
SHOWN = 10
SHOWN_STEPS = 10
_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_LINE_ENDS = re.compile(r"([\r\n])")


def github(analysis: Analysis, aids: Aids) -> str:
    """Return a command for the first findings of each severity, the severest first, and the summary."""
    by_severity = sorted(analysis.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    lines: list[str] = []
    for severity, found in groupby(by_severity, key=lambda finding: finding.severity):
        findings = list(found)
        lines += [_command(finding, aids) for finding in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(f"{len(findings) - SHOWN:,} more of severity {severity} have no annotation.")
    return "\n".join([*lines, *closing(analysis)]) + "\n"


def _command(finding: Finding, aids: Aids) -> str:
    properties = {
        "title": f"{finding.code} {finding.rule}",
        "file": _path(aids.located(finding.path)),
        "line": str(finding.line),
        "col": str(finding.column),
    }
    listed = ",".join(f"{key}={escaped_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {listed}::{escaped_data(chr(10).join(_message(finding)))}"


def _path(path: str) -> str:
    """Return *path* with everything made visible that a command cannot carry: it can carry line ends."""
    return "".join(part if part in ("\r", "\n") else safe(part) for part in _LINE_ENDS.split(path))


def _message(finding: Finding) -> Iterator[str]:
    yield safe(finding.message)
    if len(finding.chain) > 1:
        for step in finding.chain[:SHOWN_STEPS]:
            yield f"  {safe(step.importer)} -> {safe(step.imported)}"
        if len(finding.chain) > SHOWN_STEPS:
            yield f"  ... and {count(len(finding.chain) - SHOWN_STEPS, 'import')} more"
    for label, text in (("Contract", finding.contract), ("Why", finding.why), ("Owner", finding.owner)):
        if text:
            yield f"{label}: {safe(text)}"
    if finding.help:
        yield safe(finding.help)


def escaped_data(text: str) -> str:
    """Escape the message of a command, as ``escapeData`` of actions/toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Escape a property of a command, as ``escapeProperty`` of actions/toolkit does."""
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")
