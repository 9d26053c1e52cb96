"""SARIF 2.1.0, as GitHub code scanning takes it in; other consumers read the same.

Suppressed findings are left out: GitHub pays no heed to ``suppressions`` and would open an alert for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint import __version__
from archlint.errors import SEVERITIES
from archlint.reporters.json_check import dumped
from archlint.reporters.sarif_places import (
    BASE,
    chain_flow,
    place_of,
    related_places,
    spoken,
    step_name,
)
from archlint.reporters.sarif_rules import LEVELS, descriptors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# GitHub takes 25,000 results a run and shows 5,000; over a maximum it refuses the file.
MOST_RESULTS = 5_000
_NOT_ANALYSED = "ARC9"


def sarif(analysis: Analysis, aids: Aids) -> str:
    """Return one run: the rules that ran, the findings, and what could not be judged or analysed."""
    kept = _kept(analysis)
    codes = analysis.ran | {finding.code for finding in kept}
    rules = descriptors(aids.known, codes, {finding.code: finding for finding in kept})
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {
        "name": "archlint",
        "fullName": f"archlint {__version__}",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": rules,
    }
    below = aids.located("").strip("/")
    run = {
        "tool": {"driver": driver},
        # Two uploads of one category replace each other: projects of one repository need one each.
        "automationDetails": {"id": f"archlint/{spoken(below)}/" if below else "archlint/"},
        "invocations": [_invocation(analysis, aids, numbers)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, aids, numbers) for finding in kept],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _kept(analysis: Analysis) -> list[Finding]:
    """Return the findings that fit, the severest where not all do, in the order of every output."""
    if len(analysis.findings) <= MOST_RESULTS:
        return list(analysis.findings)
    order = range(len(analysis.findings))
    severest = sorted(order, key=lambda number: SEVERITIES.index(analysis.findings[number].severity))
    return [analysis.findings[number] for number in sorted(severest[:MOST_RESULTS])]


def _invocation(analysis: Analysis, aids: Aids, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "executionSuccessful": not analysis.errors,
        "exitCode": int(analysis.exit),
        "toolExecutionNotifications": list(_notifications(analysis, aids, numbers)),
    }


def _notifications(analysis: Analysis, aids: Aids, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for error in analysis.errors:
        yield {"level": "error", "message": {"text": spoken(error)}}
    beyond = len(analysis.findings) - MOST_RESULTS
    if beyond > 0:
        text = f"{beyond:,} findings of the least severity are left out: a run may hold {MOST_RESULTS:,}."
        yield {"level": "warning", "message": {"text": text}}
    for finding in analysis.findings[: 2 * MOST_RESULTS]:
        if finding.code.startswith(_NOT_ANALYSED) and finding.code in numbers:
            yield {
                "level": "warning",
                "message": {"text": f"Not analysed: {spoken(finding.message)}"},
                "associatedRule": {"id": finding.code, "index": numbers[finding.code]},
                "locations": [place_of(finding, aids)],
            }


def _result(finding: Finding, aids: Aids, numbers: Mapping[str, int]) -> dict[str, Any]:
    related = related_places(finding, aids)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": " ".join(_message(finding, related))},
        "locations": [place_of(finding, aids)],
        "partialFingerprints": _fingerprints(finding, aids),
    }
    flow = chain_flow(finding, aids)
    if flow:
        result["codeFlows"] = [flow]
    if related:
        result["relatedLocations"] = related
    if finding.owners:
        result["properties"] = {"owners": [spoken(owner) for owner in finding.owners]}
    return result


def _fingerprints(finding: Finding, aids: Aids) -> dict[str, str]:
    own = {"archlint/v1": finding.fingerprint}
    line = aids.line_hash(finding.path, finding.line)
    return {"primaryLocationLineHash": line, **own} if line else own


def _message(finding: Finding, related: list[dict[str, Any]]) -> Iterator[str]:
    """Yield sentences: GitHub shows the first alone where room is short, and links to places named."""
    yield _ended(spoken(finding.message))
    if finding.contract:
        yield f'Contract "{spoken(finding.contract)}".'
    if finding.why:
        yield _ended(spoken(finding.why))
    if finding.owner:
        yield f"Owner: {_ended(spoken(finding.owner))}"
    if finding.help:
        yield _ended(spoken(finding.help))
    if related:
        links = (f"[{step_name(place)}]({place['id']})" for place in related)
        yield f"See {', '.join(links)}."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
